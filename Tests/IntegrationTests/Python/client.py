"""A client of the agent that knows nothing but its .proto files.

    client.py (--socket PATH | --tls HOST:PORT --ca FILE) [--token T] [--proto DIR] [--header NAME=VALUE]... COMMAND

It makes its stubs of the .proto files when it starts, prints one JSON object a line, and exits 0; or prints
{"error": {...}} with everything that the agent says about an error, and exits 1.
"""

import argparse
import contextlib
import importlib
import json
import os
import queue
import sys
import tempfile

import grpc
from google.protobuf import json_format
from google.rpc import error_details_pb2, status_pb2
from grpc_tools import protoc

PROTO = os.path.join(
    os.path.dirname(os.path.abspath(__file__)), "../../../Sources/Engine/Wire/Proto"
)
MESSAGE_BYTES = 16 * 1024 * 1024


def stubs(proto, directory):
    """Generates the stubs and returns the modules of mcp.v1 and grpc.health.v1."""
    import grpc_tools

    wanted = ["mcp/v1/mcp.proto", "grpc/health/v1/health.proto"]
    include = os.path.join(os.path.dirname(grpc_tools.__file__), "_proto")
    code = protoc.main(
        ["protoc", f"-I{proto}", f"-I{include}", f"--python_out={directory}", f"--grpc_python_out={directory}"]
        + wanted
    )
    if code != 0:
        raise SystemExit(f"the stubs cannot be generated from {proto}")
    sys.path.insert(0, directory)
    # The package "grpc" is grpcio's: the generated one beside it is found through its path.
    grpc.__path__.append(os.path.join(directory, "grpc"))
    return tuple(
        importlib.import_module(name)
        for name in (
            "mcp.v1.mcp_pb2",
            "mcp.v1.mcp_pb2_grpc",
            "grpc.health.v1.health_pb2",
            "grpc.health.v1.health_pb2_grpc",
        )
    )


def shown(message):
    return json_format.MessageToDict(message, preserving_proto_field_name=True)


def say(value):
    print(json.dumps(value, ensure_ascii=False), flush=True)


class Client:
    def __init__(self, options, modules):
        self.pb, grpc_stubs, self.health_pb, health_stubs = modules
        self.options = options
        self.metadata = [tuple(header.split("=", 1)) for header in options.header]
        if options.token:
            self.metadata.append(("authorization", f"Bearer {options.token}"))
        limits = [
            ("grpc.max_receive_message_length", MESSAGE_BYTES),
            ("grpc.max_send_message_length", MESSAGE_BYTES),
        ]
        if options.tls:
            with open(options.ca, "rb") as file:
                trust = grpc.ssl_channel_credentials(file.read())
            self.channel = grpc.secure_channel(options.tls, trust, options=limits)
        else:
            self.channel = grpc.insecure_channel(
                f"unix:{os.path.abspath(options.socket)}",
                options=limits + [("grpc.default_authority", "localhost")],
            )
        self.plane = grpc_stubs.ControlPlaneStub(self.channel)
        self.health_service = health_stubs.HealthStub(self.channel)

    def ask(self, method, request):
        say(shown(method(request, timeout=self.options.timeout, metadata=self.metadata)))

    def target(self):
        service, _, component = self.options.target.partition("/")
        return self.pb.Target(service=service, component=component or None)

    def definition(self, path):
        with sys.stdin if path == "-" else open(path) as file:
            return json_format.Parse(file.read(), self.pb.Service())

    # Reading

    def list(self):
        self.ask(self.plane.List, self.pb.ListRequest())

    def ps(self):
        self.ask(self.plane.Ps, self.pb.PsRequest(service=self.options.service, live=self.options.live))

    def status(self):
        self.ask(self.plane.Status, self.pb.StatusRequest(service=self.options.service))

    def service(self):
        self.ask(self.plane.GetService, self.pb.GetServiceRequest(name=self.options.name))

    def node(self):
        self.ask(self.plane.GetNode, self.pb.GetNodeRequest())

    def doctor(self):
        self.ask(self.plane.Doctor, self.pb.DoctorRequest())

    def health(self):
        self.ask(self.health_service.Check, self.health_pb.HealthCheckRequest(service=self.options.name))

    # Operations

    def operate(self, method, request):
        for update in method(request, metadata=self.metadata):
            say(shown(update))

    def deploy(self):
        request = self.pb.DeployRequest(
            definition=self.definition(self.options.file), plan_only=self.options.plan
        )
        self.operate(self.plane.Deploy, request)

    def sync(self):
        request = self.pb.SyncRequest(
            definitions=[self.definition(file) for file in self.options.files],
            prune=self.options.prune,
            plan_only=self.options.plan,
        )
        self.operate(self.plane.Sync, request)

    def undeploy(self):
        self.operate(
            self.plane.Undeploy, self.pb.UndeployRequest(target=self.target(), plan_only=self.options.plan)
        )

    def start(self):
        self.operate(self.plane.Start, self.pb.StartRequest(target=self.target(), plan_only=self.options.plan))

    def stop(self):
        self.operate(self.plane.Stop, self.pb.StopRequest(target=self.target(), plan_only=self.options.plan))

    def restart(self):
        self.operate(
            self.plane.Restart, self.pb.RestartRequest(target=self.target(), plan_only=self.options.plan)
        )

    # Streams

    def follow(self, call, field):
        count = 0
        for answer in call:
            for element in getattr(answer, field):
                say(shown(element))
                count += 1
                if self.options.count and count >= self.options.count:
                    call.cancel()
                    return

    def logs(self):
        request = self.pb.LogsRequest(
            target=self.target(), follow=self.options.follow, tail=self.options.tail
        )
        self.follow(self.plane.Logs(request, metadata=self.metadata), "lines")

    def events(self):
        request = self.pb.EventsRequest(
            service=self.options.service, follow=self.options.follow, limit=self.options.limit
        )
        self.follow(self.plane.Events(request, metadata=self.metadata), "events")

    def exec(self):
        """Runs a command with this program's standard input and output; exits with its code."""
        requests = queue.Queue()
        opening = self.pb.ExecRequest.Open(
            target=self.target(), command=self.options.command, stdin=True, user=self.options.user
        )
        requests.put(self.pb.ExecRequest(open=opening))

        def sent():
            yield requests.get()
            # Blocking here is fine: grpcio reads requests in a thread of its own.
            while chunk := os.read(0, 65536):
                yield self.pb.ExecRequest(stdin=chunk)
            yield self.pb.ExecRequest(end_of_input=self.pb.ExecRequest.EndOfInput())

        code = None
        for answer in self.plane.Exec(sent(), metadata=self.metadata):
            output = answer.WhichOneof("output")
            if output == "stdout":
                os.write(1, answer.stdout)
            elif output == "stderr":
                os.write(2, answer.stderr)
            elif output == "exit_code":
                code = answer.exit_code
        if code is None:
            raise SystemExit("the agent ended the session without an exit code")
        # A thread may still wait for standard input, which an ordinary exit would wait for.
        os._exit(code & 0xFF)

    def describe(self, error):
        """Everything that the agent says about an error."""
        described = {"code": error.code().name, "message": error.details(), "reason": None, "lines": []}
        for key, value in error.trailing_metadata() or ():
            if key != "grpc-status-details-bin":
                continue
            status = status_pb2.Status.FromString(value)
            described["message"] = status.message
            for detail in status.details:
                info, lines = error_details_pb2.ErrorInfo(), self.pb.ErrorDetail()
                if detail.Unpack(info) and info.domain == "mcp":
                    described["reason"] = info.reason
                    described.update(info.metadata)
                elif detail.Unpack(lines):
                    described["lines"] = list(lines.lines)
        return described


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--socket")
    parser.add_argument("--tls", help="HOST:PORT, instead of a socket")
    parser.add_argument("--ca", help="the CA's certificate in PEM")
    parser.add_argument("--token", help="sent with every call")
    parser.add_argument("--proto", default=PROTO)
    parser.add_argument("--header", action="append", default=[], help="NAME=VALUE, sent with every call")
    parser.add_argument("--timeout", type=float, default=30)
    commands = parser.add_subparsers(dest="call", required=True)
    for name in ("list", "node", "doctor"):
        commands.add_parser(name)
    ps = commands.add_parser("ps")
    ps.add_argument("service", nargs="?")
    ps.add_argument("--live", action="store_true")
    commands.add_parser("status").add_argument("service", nargs="?")
    commands.add_parser("service").add_argument("name")
    commands.add_parser("health").add_argument("name", nargs="?", default="mcp.v1.ControlPlane")
    deploy = commands.add_parser("deploy", help="a definition as JSON, - is standard input")
    deploy.add_argument("file")
    deploy.add_argument("--plan", action="store_true")
    sync = commands.add_parser("sync")
    sync.add_argument("files", nargs="*")
    sync.add_argument("--prune", action="store_true")
    sync.add_argument("--plan", action="store_true")
    for name in ("undeploy", "start", "stop", "restart"):
        operation = commands.add_parser(name)
        operation.add_argument("target", help="SERVICE[/COMPONENT]")
        operation.add_argument("--plan", action="store_true")
    logs = commands.add_parser("logs")
    logs.add_argument("target")
    logs.add_argument("--tail", type=int)
    events = commands.add_parser("events")
    events.add_argument("service", nargs="?")
    events.add_argument("--limit", type=int)
    for stream in (logs, events):
        stream.add_argument("--follow", "-f", action="store_true")
        stream.add_argument("--count", type=int, help="end after that many")
    execute = commands.add_parser("exec")
    execute.add_argument("--user")
    execute.add_argument("target", help="SERVICE/COMPONENT")
    execute.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    if options.call == "exec" and options.command[:1] == ["--"]:
        options.command = options.command[1:]
    return options


def main():
    options = arguments()
    with contextlib.ExitStack() as stack:
        directory = stack.enter_context(tempfile.TemporaryDirectory(prefix="mcp-stubs-"))
        client = Client(options, stubs(options.proto, directory))
    # The stubs are loaded, and leaving by os._exit must not leave their directory behind.
    try:
        getattr(client, options.call)()
    except grpc.RpcError as error:
        say({"error": client.describe(error)})
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
