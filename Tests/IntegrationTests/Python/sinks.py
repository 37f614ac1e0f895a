"""Servers that take alerts: HTTP and SMTP. What they get is printed, a JSON object a line.

usage: sinks.py http PORT [--tls CERT KEY] [--status N] [--authorization VALUE]
       sinks.py smtp PORT [--tls CERT KEY] [--login USER PASSWORD]
"""

import argparse
import email
import email.policy
import http.server
import json
import ssl
import sys
import time

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, SMTP


def show(**fields):
    print(json.dumps(fields), flush=True)


def context(arguments):
    if not arguments.tls:
        return None
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(*arguments.tls)
    return made


def serve_http(arguments):
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            status = arguments.status
            if arguments.authorization and self.headers.get("Authorization") != arguments.authorization:
                status = 401
            show(path=self.path, status=status, headers={k.lower(): v for k, v in self.headers.items()}, body=body)
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", arguments.port), Handler)
    tls = context(arguments)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    server.serve_forever()


class Mailbox:
    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        show(
            sender=envelope.mail_from,
            recipients=envelope.rcpt_tos,
            subject=message["Subject"],
            text=message.get_content(),
            tls=session.ssl is not None,
            authenticated=bool(session.authenticated),
        )
        return "250 taken"


def serve_smtp(arguments):
    def authenticate(server, session, envelope, mechanism, data):
        user, password = (part.decode() for part in (data.login, data.password))
        return AuthResult(success=[user, password] == arguments.login)

    tls = context(arguments)

    class Server(Controller):
        def factory(self):
            return SMTP(
                Mailbox(),
                tls_context=tls,
                require_starttls=tls is not None,
                authenticator=authenticate if arguments.login else None,
                auth_required=bool(arguments.login),
                auth_require_tls=tls is not None,
            )

    Server(Mailbox(), hostname="127.0.0.1", port=arguments.port).start()
    while True:
        time.sleep(60)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("kind", choices=["http", "smtp"])
    parser.add_argument("port", type=int)
    parser.add_argument("--tls", nargs=2)
    parser.add_argument("--status", type=int, default=200)
    parser.add_argument("--authorization")
    parser.add_argument("--login", nargs=2)
    arguments = parser.parse_args()
    {"http": serve_http, "smtp": serve_smtp}[arguments.kind](arguments)


if __name__ == "__main__":
    sys.exit(main())
