"""Measures push and pull beside scp, rsync and bare sockets with SHA-256, in turn, in one run."""
import getpass
import hashlib
import multiprocessing
import os
import pwd
import shutil
import socket
import ssl
import statistics
import subprocess
import time

LARGE = 1 << 30
SMALL = (1000, 16 << 10)


def _receive(path, size, listener, tls):
    """Takes a file, as the bare peer does: into its place, with a digest, on the disk before the answer."""
    connection, _ = listener.accept()
    if tls:
        connection = tls.wrap_socket(connection, server_side=True)
    digest, buffer = hashlib.sha256(), bytearray(1 << 20)
    view = memoryview(buffer)
    with open(path, "wb", buffering=0) as file:
        while size > 0:
            count = connection.recv_into(buffer)
            if not count:
                raise RuntimeError("the bare copy ended too early")
            size -= count
            digest.update(view[:count])
            file.write(view[:count])
        os.fsync(file.fileno())
    connection.sendall(digest.digest())
    connection.close()


def bare(source, target, state=None):
    """Seconds of one file over a bare TCP socket, hashed on both sides; with `state` over TLS 1.3, as that agent has it."""
    server, client = _contexts(state) if state else (None, None)
    listener = socket.create_server(("127.0.0.1", 0))
    receiver = multiprocessing.Process(target=_receive, args=(target, os.path.getsize(source), listener, server))
    receiver.start()
    began = time.monotonic()
    connection = socket.create_connection(listener.getsockname())
    if client:
        connection = client.wrap_socket(connection, server_hostname="127.0.0.1")
    with connection, open(source, "rb", buffering=0) as file:
        digest = hashlib.sha256()
        while chunk := file.read(1 << 20):
            digest.update(chunk)
            connection.sendall(chunk)
        answer = b""
        while len(answer) < 32 and (part := connection.recv(32)):
            answer += part
    seconds = time.monotonic() - began
    receiver.join()
    listener.close()
    if answer != digest.digest():
        raise RuntimeError("the bare copy is not the same")
    return seconds


def _contexts(state):
    """Both sides' TLS, with the certificate of the agent in `state`."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(os.path.join(state, "tls/server.pem"), os.path.join(state, "tls/server.key"))
    client = ssl.create_default_context(cafile=os.path.join(state, "tls/ca.pem"))
    for context in (server, client):
        context.minimum_version = ssl.TLSVersion.TLSv1_3
    return server, client


class Shell:
    """An sshd on the loopback address, for scp and rsync."""

    def __init__(self, directory):
        self.child, self.options, self.has_rsync = None, None, False
        sshd = shutil.which("sshd", path="/usr/sbin:/usr/bin")
        if not sshd or not shutil.which("scp"):
            return
        key, host = os.path.join(directory, "key"), os.path.join(directory, "host")
        for path in (key, host):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path], check=True)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.child = subprocess.Popen(
            [sshd, "-D", "-e", "-f", "/dev/null", "-h", host, "-p", str(port), "-o", "ListenAddress=127.0.0.1",
             "-o", f"AuthorizedKeysFile={key}.pub", "-o", "StrictModes=no", "-o", "UsePAM=no",
             "-o", "PidFile=none", "-o", "Subsystem=sftp internal-sftp"],
            stderr=open(os.path.join(directory, "sshd.log"), "wb"))
        self.options = [
            "-i", key, "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR"]
        self.port = port
        self.host = f"{getpass.getuser()}@127.0.0.1"
        # Whoever has no login shell can use scp, and rsync not.
        self.has_rsync = bool(shutil.which("rsync")) and not pwd.getpwuid(os.getuid()).pw_shell.endswith(
            ("nologin", "false"))
        time.sleep(0.5)

    def scp(self, source, target):
        subprocess.run(
            ["scp", "-q", "-r", "-P", str(self.port), *self.options, source, f"{self.host}:{target}"], check=True)

    def rsync(self, source, target):
        subprocess.run(
            ["rsync", "-a", "--whole-file", "-e", " ".join(["ssh", "-p", str(self.port), *self.options]), source,
             f"{self.host}:{target}"], check=True)

    def stop(self):
        if self.child:
            self.child.terminate()
            self.child.wait()


def measure(bench, line):
    """Prints the figures; everything is in memory where that has room, so that no disk is measured."""
    shm = os.statvfs("/dev/shm") if os.path.isdir("/dev/shm") else None
    room = shm.f_bavail * shm.f_frsize if shm else 0
    base = "/dev/shm" if room > 8 * LARGE else bench.dir
    directory = os.path.join(base, f"mcp-bench-{os.getpid()}")
    os.mkdir(directory)
    shell = None
    try:
        shell = Shell(directory)
        _measure(bench, line, directory, shell)
    finally:
        if shell:
            shell.stop()
        shutil.rmtree(directory, ignore_errors=True)


def _measure(bench, line, directory, shell):
    mcp = _agent(bench, directory)
    large, small = os.path.join(directory, "large"), os.path.join(directory, "small")
    with open(large, "wb") as file:
        for _ in range(LARGE >> 20):
            file.write(os.urandom(1 << 20))
    os.mkdir(small)
    for index in range(SMALL[0]):
        with open(os.path.join(small, str(index)), "wb") as file:
            file.write(os.urandom(SMALL[1]))
    times = {}
    zeros = bytes(1 << 20)

    def warm():
        # A virtual machine gives freed memory back to its host, and pays for what it takes next: everybody finds it taken.
        path = os.path.join(directory, "warm")
        with open(path, "wb", buffering=0) as file:
            for _ in range((LARGE + LARGE // 4) >> 20):
                file.write(zeros)
        os.unlink(path)

    def note(name, work):
        for leaving in ("srv/web", "got", "peer"):
            path = os.path.join(directory, leaving)
            if os.path.isfile(path):
                os.unlink(path)
            shutil.rmtree(path, ignore_errors=True)
        os.mkdir(os.path.join(directory, "peer"))
        warm()
        began = time.monotonic()
        seconds = work()
        times.setdefault(name, []).append(seconds if seconds is not None else time.monotonic() - began)

    def pull(node, path, name):
        mcp("push", path, "web", "--node", node)
        warm()
        began = time.monotonic()
        mcp("pull", "web", name, os.path.join(directory, "got"), "--node", node)
        return time.monotonic() - began

    peer, state = os.path.join(directory, "peer"), os.path.join(directory, "state")
    for _ in range(max(3, bench.rounds // 2)):
        note("bare", lambda: bare(large, os.path.join(peer, "large")))
        note("bare tls", lambda: bare(large, os.path.join(peer, "large"), state))
        for node in ("unix", "tls"):
            note(f"push large {node}", lambda: mcp("push", large, "web", "--node", node))
            note(f"pull large {node}", lambda: pull(node, large, "large"))
            note(f"push small {node}", lambda: mcp("push", small, "web", "--node", node))
            note(f"pull small {node}", lambda: pull(node, small, "small"))
        if shell.options:
            note("scp", lambda: shell.scp(large, peer))
            if shell.has_rsync:
                note("rsync small", lambda: shell.rsync(small, peer))
    middle = {name: statistics.median(values) for name, values in times.items()}
    print(
        f"files in {os.path.dirname(directory)}; bare socket with SHA-256: {1024 / middle['bare']:.0f} MiB/s, over TLS: "
        f"{1024 / middle['bare tls']:.0f} MiB/s", flush=True)
    if not shell.options:
        print("scp and rsync are not measured: no sshd (apt-get install openssh-server rsync)", flush=True)
    elif not shell.has_rsync:
        print("rsync is not measured: it is not installed, or this user has no login shell", flush=True)
    for verb in ("push", "pull"):
        for node in ("unix", "tls"):
            ours = middle[f"{verb} large {node}"]
            others = [("bare socket", 1000 * middle["bare"], 1 / 0.7)]
            if node == "tls":
                others.append(("bare TLS socket", 1000 * middle["bare tls"], None))
            if "scp" in middle:
                others.append(("scp", 1000 * middle["scp"], 1 / 1.4))
            line(f"{verb} 1 GiB over {node} ({1024 / ours:.0f} MiB/s)", "ms", 1000 * ours, others)
            others = [("rsync", 1000 * middle["rsync small"], 0.5)] if "rsync small" in middle else []
            line(f"{verb} 1000 files of 16 KiB over {node}", "ms", 1000 * middle[f"{verb} small {node}"], others)


def _agent(bench, directory):
    """Starts an agent with both doors and returns what runs a command against it."""
    agent, state = os.path.join(bench.bin, "mcp-agent"), os.path.join(directory, "state")
    os.makedirs(os.path.join(directory, "srv"))
    os.makedirs(os.path.join(directory, "run"))
    config, sock = os.path.join(state, "agent.toml"), os.path.join(directory, "run/agent.sock")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    subprocess.run(
        [agent, "init", "--config", config, "--node", "tls", "--socket", sock, "--listen", f"127.0.0.1:{port}", "--name",
         "127.0.0.1"], check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    with open(config) as file:
        text = file.read()
    with open(config, "w") as file:
        file.write(text.replace('#root = "/srv"', f'root = "{directory}/srv"').replace(
            '[podman]\n', f'[podman]\nsocket = "{bench.socket}"\n', 1))
    bench.spawn(agent, "run", "--config", config)
    client = os.path.join(directory, "mcp.toml")
    with open(client, "w") as file:
        file.write(
            f'[auth]\ntoken_path = "{state}/first.token"\n[[nodes]]\nname = "unix"\naddress = "unix://{sock}"\n'
            f'[[nodes]]\nname = "tls"\naddress = "127.0.0.1:{port}"\nca_cert = "{state}/tls/ca.pem"\n')
    command = [os.path.join(bench.bin, "mcp"), "--config", client]

    def mcp(*arguments):
        subprocess.run(
            [*command, *arguments], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    bench.wait(lambda: subprocess.run(
        [*command, "ps"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0)
    return mcp
