#!/usr/bin/env python3
"""Measures mcp beside its floor and its peers, in turn, in one run.

Run it through scripts/dev/bench, which builds the release binaries and provides a user with rootless Podman.
Every figure is a median; floor and peers are measured in the same rounds as mcp.
"""
import argparse
import http.client
import json
import os
import pty
import re
import select
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import files

IMAGE = "localhost/mcp-bench:1"
BASE_PORT = 21000
# Runs until it is told to end, and ends at once then.
COMMAND = ["busybox", "sh", "-c", "trap 'exit 0' TERM; busybox sleep 3600 & wait"]


class Unix(http.client.HTTPConnection):
    """HTTP over a unix socket."""

    def __init__(self, path):
        super().__init__("d")
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.path)


class Libpod:
    """The bare API: what everything else is compared with."""

    def __init__(self, path):
        self.path = path
        self.connection = Unix(path)

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body)
        self.connection.request(
            method, "/v4.0.0/libpod" + path, data, {"Content-Type": "application/json"})
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status >= 300 and answer.status != 304:
            raise RuntimeError(f"{method} {path}: {answer.status} {text[:300]!r}")
        return json.loads(text) if text else None

    def create_and_start(self, name, port=None, network=None):
        spec = {
            "name": name, "image": IMAGE, "command": COMMAND, "restart_policy": "unless-stopped"}
        if port:
            spec["portmappings"] = [{"host_ip": "127.0.0.1", "host_port": port, "container_port": 80}]
        if network:
            spec["netns"] = {"nsmode": network}
        identity = self.call("POST", "/containers/create", spec)["Id"]
        self.call("POST", f"/containers/{identity}/start")

    def remove(self, name):
        self.call("DELETE", f"/containers/{name}?force=true&timeout=0")


def run(*command, check=True):
    return subprocess.run(
        command, check=check, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def monitors(prefix):
    """How many containers have a monitor whose name begins so."""
    count = 0
    for entry in os.listdir("/proc"):
        try:
            with open(f"/proc/{entry}/cmdline", "rb") as file:
                words = file.read().split(b"\0")
        except OSError:
            continue
        if words[0].endswith(b"conmon") and b"-n" in words:
            count += words[words.index(b"-n") + 1].startswith(prefix.encode())
    return count


def answers(port, limit=1):
    """Whether an HTTP server answers in full on a port of the loopback address."""
    try:
        with socket.create_connection(("127.0.0.1", port), limit) as connection:
            connection.settimeout(limit)
            connection.sendall(b"GET /none HTTP/1.0\r\n\r\n")
            text = b""
            while part := connection.recv(4096):
                text += part
            return text.startswith(b"HTTP/1.")
    except OSError:
        return False


def unanswered(port, change):
    """The longest time in milliseconds between two answers while something is changed."""
    times = [time.monotonic()]
    is_over = threading.Event()

    def ask():
        after = None
        while after is None or time.monotonic() < after:
            if answers(port):
                times.append(time.monotonic())
                if is_over.is_set() and after is None:
                    after = time.monotonic() + 0.2
            else:
                time.sleep(0.0005)

    prober = threading.Thread(target=ask)
    prober.start()
    change()
    is_over.set()
    prober.join()
    return max(b - a for a, b in zip(times, times[1:])) * 1000


def timed(function, *arguments):
    """Milliseconds of one call, begun when podman's clean-up after the one before is over."""
    time.sleep(0.4)
    began = time.monotonic()
    function(*arguments)
    return (time.monotonic() - began) * 1000


def measured(command):
    """Milliseconds and peak resident KiB of one process."""
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{command} ended with {process.returncode}")
    return (time.monotonic() - began) * 1000, usage.ru_maxrss


def line(name, unit, ours, others):
    """Prints one figure: ours, then each other with its ratio and the goal."""
    text = f"{name}: mcp {ours:.1f} {unit}"
    for other, value, goal in others:
        ratio = ours / value if value else float("inf")
        verdict = "" if goal is None else f", goal {goal:.3g}: {'met' if ratio <= goal else 'MISSED'}"
        text += f"; {other} {value:.1f} {unit} (ratio {ratio:.2f}{verdict})"
    print(text, flush=True)


class Lines:
    """The lines of a program, each with the time at which it came."""

    def __init__(self, *command):
        self.child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.lines = []
        self.changed = threading.Condition()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for text in self.child.stdout:
            with self.changed:
                self.lines.append((time.monotonic(), text.replace('": ', '":')))
                self.changed.notify_all()

    def wait(self, pattern, begin):
        """When the first line after `begin` came that has `pattern` in it."""
        deadline = time.monotonic() + 10
        with self.changed:
            while True:
                for came, text in self.lines:
                    if came > begin and pattern in text:
                        return came
                if not self.changed.wait(deadline - time.monotonic()):
                    raise RuntimeError(f"no line with {pattern}: {self.lines[-5:]}")

    def stop(self):
        self.child.terminate()
        self.child.wait()


class Bench:
    def __init__(self, arguments):
        self.rounds = arguments.rounds
        self.bin = os.path.abspath(arguments.bin)
        self.dir = tempfile.mkdtemp(prefix="mcp-bench-", dir="/tmp")
        self.services = os.path.join(self.dir, "services")
        os.mkdir(self.services)
        self.socket = os.path.join(self.dir, "podman.sock")
        self.children = []
        self.mcp = [os.path.join(self.bin, "mcp"), "--config", os.path.join(self.dir, "mcp.toml")]

    # Set-up

    def start(self):
        self.spawn("podman", "system", "service", "--time=0", "unix://" + self.socket)
        self.wait(lambda: Libpod(self.socket).call("GET", "/_ping") is None, ignore=True)
        agent = os.path.join(self.dir, "agent.sock")
        with open(os.path.join(self.dir, "agent.toml"), "w") as file:
            file.write(
                f'[node]\nname = "bench"\n[server]\nsocket = "{agent}"\n'
                f'[database]\npath = "{self.dir}/mcp.db"\n[podman]\nsocket = "{self.socket}"\n'
                f'[scripts]\ndir = "{self.dir}/scripts"\n'
                # The peers do not wait whether what they started stays up.
                f'[deploy]\nsettle = "0s"\n[log]\nlevel = "warning"\n')
        with open(os.path.join(self.dir, "mcp.toml"), "w") as file:
            file.write(
                f'[services]\ndir = "{self.services}"\n[[nodes]]\nname = "bench"\naddress = "unix://{agent}"\n')
        self.agent = self.spawn(
            os.path.join(self.bin, "mcp-agent"), "run", "--config", os.path.join(self.dir, "agent.toml"))
        self.wait(lambda: run(*self.mcp, "ps", check=False).returncode == 0)
        self.libpod = Libpod(self.socket)

    def spawn(self, *command):
        log = open(os.path.join(self.dir, os.path.basename(command[0]) + ".log"), "ab")
        child = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True)
        self.children.append(child)
        return child

    def wait(self, condition, ignore=False):
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                if condition():
                    return
            except Exception:
                if not ignore:
                    pass
            if ignore and os.path.exists(self.socket):
                try:
                    Unix(self.socket).connect()
                    return
                except OSError:
                    pass
            time.sleep(0.02)
        raise RuntimeError("set-up timed out; logs are in " + self.dir)

    def stop(self):
        run(*self.mcp, "--json", "list", check=False)
        for name in os.listdir(self.services):
            run(*self.mcp, "undeploy", "--yes", name[:-5], check=False)
        leftovers = run("podman", "ps", "-aq", "--filter", "name=mcpbench", check=False).stdout.split()
        if leftovers:
            run("podman", "rm", "-f", "-t", "0", *leftovers, check=False)
        for child in reversed(self.children):
            child.send_signal(signal.SIGTERM)
            try:
                child.wait(10)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        shutil.rmtree(self.dir, ignore_errors=True)

    def define(self, service, components):
        text = f'name = "{service}"\n'
        for name, extra in components:
            text += (
                f'[[components]]\nname = "{name}"\nimage = "{IMAGE}"\ncmd = {json.dumps(COMMAND)}\n{extra}\n')
        with open(os.path.join(self.services, service + ".toml"), "w") as file:
            file.write(text)

    def deploy(self, service):
        run(*self.mcp, "deploy", service)

    def undeploy(self, service):
        run(*self.mcp, "undeploy", "--yes", service)

    # Figures

    def one_component(self):
        self.define("mcpbench1", [("c", f'ports = ["127.0.0.1:{BASE_PORT}:80"]')])
        ours, floor, podman = [], [], []
        for _ in range(self.rounds):
            floor.append(timed(self.libpod.create_and_start, "mcpbench-raw", BASE_PORT))
            self.libpod.remove("mcpbench-raw")
            ours.append(timed(self.deploy, "mcpbench1"))
            self.undeploy("mcpbench1")
            podman.append(timed(
                run, "podman", "run", "-d", "--name", "mcpbench-run", "--restart", "unless-stopped", "-p",
                f"127.0.0.1:{BASE_PORT}:80", IMAGE, *COMMAND))
            run("podman", "rm", "-f", "-t", "0", "mcpbench-run")
        line("deploy, one component with a port", "ms", statistics.median(ours), [
            ("libpod create+start", statistics.median(floor), 1.35),
            ("podman run -d", statistics.median(podman), 1.0)])

    def gap(self):
        """How long a server with plain ports does not answer while it is replaced, as one who asks without pause sees it."""
        port = BASE_PORT + 50
        publish = f"127.0.0.1:{port}:80"
        server = ["busybox", "sh", "-c", "trap 'kill $!; exit 0' TERM; busybox httpd -f -p 80 -h / & wait"]
        numbers = iter(range(1_000_000))

        def ours():
            with open(os.path.join(self.services, "mcpbench-gap.toml"), "w") as file:
                file.write(
                    f'name = "mcpbench-gap"\n[[components]]\nname = "c"\nimage = "{IMAGE}"\n'
                    f'cmd = {json.dumps(server)}\nports = ["{publish}"]\nenv = ["V={next(numbers)}"]\n')
            self.deploy("mcpbench-gap")

        def shell():
            number = next(numbers)
            options = f"--env V={number} -p {publish} {IMAGE} busybox sh -c \"{server[3]}\""
            old = run("podman", "ps", "-q", "--filter", "name=mcpbench-gap-sh").stdout.strip()
            stop = f"podman stop {old} &&" if old else ""
            run("sh", "-c", f"podman create --name mcpbench-gap-sh{number} {options} && {stop} "
                f"podman start mcpbench-gap-sh{number}")
            if old:
                run("podman", "rm", old)

        def replace():
            run("podman", "run", "-d", "--replace", "--name", "mcpbench-gap-run", "--env", f"V={next(numbers)}",
                "-p", publish, IMAGE, *server)

        def play():
            pod = {
                "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "mcpbench-gap-pod"},
                "spec": {"containers": [{
                    "name": "c", "image": IMAGE, "command": server,
                    "env": [{"name": "V", "value": str(next(numbers))}],
                    "ports": [{"containerPort": 80, "hostPort": port, "hostIP": "127.0.0.1"}]}]}}
            path = os.path.join(self.dir, "gap.json")
            with open(path, "w") as file:
                json.dump(pod, file)
            run("podman", "kube", "play", "--replace", path)

        def compose():
            path = os.path.join(self.dir, "compose.yml")
            with open(path, "w") as file:
                json.dump({"services": {"c": {
                    "image": IMAGE, "command": server, "ports": [publish],
                    "environment": {"V": str(next(numbers))}}}}, file)
            run("podman-compose", "--project-name", "mcpbench-gap", "--file", path, "up", "-d", "--force-recreate")

        peers = [
            ("mcp deploy", ours, lambda: self.undeploy("mcpbench-gap")),
            ("podman create, stop, start", shell, None), ("podman run --replace", replace, None),
            ("podman kube play --replace", play,
             lambda: run("podman", "pod", "rm", "-f", "mcpbench-gap-pod", check=False))]
        if shutil.which("podman-compose"):
            peers.append(("podman-compose up", compose, lambda: run(
                "podman-compose", "--project-name", "mcpbench-gap", "--file", os.path.join(self.dir, "compose.yml"),
                "down", check=False)))
        else:
            print("podman-compose is not installed: its gap is not measured", flush=True)
        gaps = []
        for name, change, end in peers:
            change()
            self.wait(lambda: answers(port))
            found = []
            for _ in range(self.rounds):
                time.sleep(0.4)
                found.append(unanswered(port, change))
            gaps.append((name, statistics.median(found)))
            if end:
                end()
            leftovers = run("podman", "ps", "-aq", "--filter", "name=mcpbench-gap").stdout.split()
            if leftovers:
                run("podman", "rm", "-f", "-t", "0", *leftovers)
            time.sleep(0.5)
        line("gap of a redeploy with plain ports", "ms", gaps[0][1], [
            (name, value, 0.75 if index == 0 else None) for index, (name, value) in enumerate(gaps[1:])])

    def kills(self):
        """How long after `kill -9` of a container's process it is told, and runs again by podman's own policy."""
        # Of one component six events a minute are told one by one, and one that ends all the time is slowed down.
        names = [f"mcpbench-k{index}" for index in range(34)]
        for service in names:
            with open(os.path.join(self.services, service + ".toml"), "w") as file:
                file.write(
                    f'name = "{service}"\n[[components]]\nname = "c"\nimage = "{IMAGE}"\n'
                    f'cmd = {json.dumps(COMMAND)}\nnetwork = "none"\n')
        run(*self.mcp, "sync")
        ours = Lines(*self.mcp, "events", "-f", "--json")
        podmans = Lines("podman", "events", "--format", "json")
        time.sleep(1)
        told, again, died, started = [], [], [], []
        for turn in range(100):
            name = names[turn % len(names)] + "-c"
            pid = int(run("podman", "inspect", "--format", "{{.State.Pid}}", name).stdout)
            begin = time.monotonic()
            os.kill(pid, signal.SIGKILL)
            told.append((ours.wait('"kind":"exit"', begin) - begin) * 1000)
            again.append((ours.wait('"kind":"running"', begin) - begin) * 1000)
            died.append((podmans.wait('"Status":"died"', begin) - begin) * 1000)
            started.append((podmans.wait('"Status":"start"', begin) - begin) * 1000)
            time.sleep(0.1)
        # What podman's policy cannot bring back is the agent's: from the removal's answer until it runs again.
        restored, bare = [], []
        for turn in range(30):
            name = names[turn % len(names)] + "-c"
            self.libpod.remove(name)
            begin = time.monotonic()
            restored.append((ours.wait('"kind":"recovered"', begin) - begin) * 1000)
            begin = time.monotonic()
            self.libpod.create_and_start("mcpbench-bare", network="none")
            bare.append((time.monotonic() - begin) * 1000)
            self.libpod.remove("mcpbench-bare")
            time.sleep(0.1)
        ours.stop()
        podmans.stop()
        for service in names:
            self.undeploy(service)
            os.remove(os.path.join(self.services, service + ".toml"))
        line("kill -9 to the line of mcp events", "ms", statistics.median(told), [
            ("the line of podman events", statistics.median(died), None)])
        print(f"  goal < 5 ms: {'met' if statistics.median(told) < 5 else 'MISSED'}; "
              f"nine in ten within {sorted(told)[90]:.1f} ms", flush=True)
        line("kill -9 to running again, as mcp events tells", "ms", statistics.median(again), [
            ("podman events", statistics.median(started), 1.0)])
        line("removed by somebody to running again, by the agent", "ms", statistics.median(restored), [
            ("libpod create+start", statistics.median(bare), 1.2)])

    def recover(self):
        """Fifty services whose containers are gone: from the agent's start until all run, against the bare API."""
        count, parallel = 50, 4
        names = [f"mcpbench-r{index}" for index in range(count)]
        for name in names:
            with open(os.path.join(self.services, name + ".toml"), "w") as file:
                file.write(
                    f'name = "{name}"\n[[components]]\nname = "c"\nimage = "{IMAGE}"\n'
                    f'cmd = {json.dumps(COMMAND)}\nnetwork = "none"\n')
        run(*self.mcp, "sync")

        def running(prefix):
            return len(run("podman", "ps", "-q", "--filter", "name=" + prefix).stdout.split())

        def all_run(prefix):
            # Podman is asked at the end only: `podman ps` takes half a core.
            while monitors(prefix) < count:
                time.sleep(0.05)
            while running(prefix) < count:
                time.sleep(0.02)

        assert running("mcpbench-r") == count
        self.agent.terminate()
        self.agent.wait()
        run("podman", "rm", "-f", "-t", "0", "--filter", "name=mcpbench-r", check=False)
        left = run("podman", "ps", "-aq", "--filter", "name=mcpbench-r").stdout.split()
        if left:
            run("podman", "rm", "-f", "-t", "0", *left)
        begin = time.monotonic()
        self.agent = self.spawn(
            os.path.join(self.bin, "mcp-agent"), "run", "--config", os.path.join(self.dir, "agent.toml"))
        self.wait(lambda: run(*self.mcp, "list", check=False).returncode == 0)
        answered = time.monotonic() - begin
        all_run("mcpbench-r")
        ours = time.monotonic() - begin
        for name in names:
            self.undeploy(name)
            os.remove(os.path.join(self.services, name + ".toml"))

        def raw(index):
            libpod = Libpod(self.socket)
            for number in range(index, count, parallel):
                libpod.create_and_start(f"mcpbench-raw{number}", network="none")

        begin = time.monotonic()
        threads = [threading.Thread(target=raw, args=(index,)) for index in range(parallel)]
        for thread in threads:
            thread.start()
        all_run("mcpbench-raw")
        floor = time.monotonic() - begin
        for thread in threads:
            thread.join()
        left = run("podman", "ps", "-aq", "--filter", "name=mcpbench-raw").stdout.split()
        run("podman", "rm", "-f", "-t", "0", *left)
        line(f"recovery of {count} services whose containers are gone, from the agent's start", "s", ours, [
            (f"libpod create+start, {parallel} at a time", floor, 1.2)])
        print(f"  the API answered after {answered * 1000:.0f} ms (goal < 1000)", flush=True)

    def vm(self):
        """A Linux guest: from `mcp start` to its first answer over HTTP, against the same QEMU command line."""
        linux = os.environ.get("MCP_BENCH_LINUX")
        if not linux or not shutil.which("qemu-system-x86_64"):
            print("vm: left out, MCP_BENCH_LINUX names no guest (scripts/dev/build-linux-guest DIR)", flush=True)
            return
        port = BASE_PORT + 900
        path = os.path.join(self.services, "mcpbench-vm.toml")
        with open(path, "w") as file:
            file.write(
                f'name = "mcpbench-vm"\n[[components]]\nname = "c"\nruntime = "unikernel"\nkernel = "{linux}/kernel"\n'
                f'initrd = "{linux}/initrd"\ncmdline = "console=ttyS0 quiet"\nmemory = "192MiB"\n'
                f'ports = ["127.0.0.1:{port}:80"]\n')
        self.deploy("mcpbench-vm")

        def machine():
            for entry in os.listdir("/proc"):
                try:
                    with open(f"/proc/{entry}/cmdline", "rb") as file:
                        words = file.read().split(b"\0")[:-1]
                    if b"mcpbench-vm-c" in words:
                        return int(entry), words
                except OSError:
                    continue
            return None

        def until_answer(begin):
            # QEMU accepts connections before the guest does.
            while not answers(port, 0.1):
                time.sleep(0.005)
            return time.monotonic() - begin

        words = machine()[1]
        ours, bare = [], []
        for _ in range(max(3, self.rounds // 2)):
            run(*self.mcp, "stop", "mcpbench-vm")
            begin = time.monotonic()
            child = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            bare.append(until_answer(begin))
            child.kill()
            child.wait()
            begin = time.monotonic()
            starting = subprocess.Popen([*self.mcp, "start", "mcpbench-vm"], stdout=subprocess.DEVNULL)
            ours.append(until_answer(begin))
            starting.wait()
        self.undeploy("mcpbench-vm")
        os.remove(path)
        line("mcp start of a VM to its first answer", "s", statistics.median(ours), [
            ("the same QEMU command line", statistics.median(bare), 1.05)])

    def ten_components(self, network):
        extra = 'network = "none"' if network == "none" else ""
        rows = []
        for index in range(10):
            port = "" if network == "none" else f'ports = ["127.0.0.1:{BASE_PORT + index}:80"]'
            rows.append((f"c{index}", extra + "\n" + port))
        self.define("mcpbench10", rows)
        clients = [Libpod(self.socket) for _ in range(4)]

        def raw():
            with ThreadPoolExecutor(4) as pool:
                def job(index):
                    client = Libpod(self.socket)
                    client.create_and_start(
                        f"mcpbench-raw{index}", None if network == "none" else BASE_PORT + index,
                        "none" if network == "none" else None)
                list(pool.map(job, range(10)))

        pod = {
            "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "mcpbench-pod"},
            "spec": {"containers": [
                {"name": f"c{index}", "image": IMAGE, "command": COMMAND,
                 **({} if network == "none" else {
                     "ports": [{"containerPort": 80 + index, "hostPort": BASE_PORT + index,
                                "hostIP": "127.0.0.1"}]})}
                for index in range(10)]}}
        manifest = os.path.join(self.dir, "pod.json")
        with open(manifest, "w") as file:
            json.dump(pod, file)
        ours, floor, kube = [], [], []
        for _ in range(self.rounds):
            floor.append(timed(raw))
            for index in range(10):
                self.libpod.remove(f"mcpbench-raw{index}")
            ours.append(timed(self.deploy, "mcpbench10"))
            self.undeploy("mcpbench10")
            play = ["podman", "kube", "play", manifest]
            if network == "none":
                play[3:3] = ["--network", "none"]
            kube.append(timed(run, *play))
            run("podman", "kube", "down", manifest)
        del clients
        line(f"deploy, ten components, {network}", "ms", statistics.median(ours), [
            ("ten libpod create+start, four at a time", statistics.median(floor), 1.25),
            ("podman kube play", statistics.median(kube), 0.6)])

    def ps(self):
        def fill(count):
            have = getattr(self, "filled", 0)
            for start in range(have, count, 20):
                name = f"mcpbench-ps{start}"
                size = min(20, count - start)
                self.define(name, [(f"c{index}", 'network = "none"') for index in range(size)])
                self.deploy(name)
            self.filled = count

        def sample(count):
            rows = len(run(*self.mcp, "ps").stdout.splitlines()) - 1
            if rows != count:
                raise RuntimeError(f"mcp ps shows {rows} of {count} components")
            ours, podman = [], []
            for _ in range(max(self.rounds, 15)):
                ours.append(timed(run, *self.mcp, "ps"))
                podman.append(timed(run, "podman", "ps"))
            return statistics.median(ours), statistics.median(podman)

        fill(1)
        one, _ = sample(1)
        for start in range(0, 1):
            self.undeploy("mcpbench-ps0")
        self.filled = 0
        fill(100)
        hundred, podman = sample(100)
        line("mcp ps, 100 containers", "ms", hundred, [("podman ps", podman, 0.25)])
        self.idle()
        fill(200)
        two_hundred, podman = sample(200)
        line("mcp ps, 200 containers", "ms", two_hundred, [
            ("mcp ps with one container", one, 1.5), ("podman ps", podman, None)])

    def idle(self):
        def ticks():
            with open(f"/proc/{self.agent.pid}/stat") as file:
                fields = file.read().rsplit(")", 1)[1].split()
            return int(fields[11]) + int(fields[12])

        time.sleep(5)
        before, began = ticks(), time.monotonic()
        time.sleep(60)
        used = (ticks() - before) / os.sysconf("SC_CLK_TCK")
        share = 100 * used / (time.monotonic() - began)
        with open(f"/proc/{self.agent.pid}/status") as file:
            resident = next(int(row.split()[1]) for row in file if row.startswith("VmRSS"))
        with open(f"/proc/{self.children[0].pid}/status") as file:
            podman = next(int(row.split()[1]) for row in file if row.startswith("VmRSS"))
        print(
            f"idle agent, 100 containers: resident {resident / 1024:.1f} MiB (goal < 40: "
            f"{'met' if resident < 40 * 1024 else 'MISSED'}), CPU {share:.2f} % of a core over 60 s (goal < 0.2: "
            f"{'met' if share < 0.2 else 'MISSED'}); podman system service {podman / 1024:.1f} MiB", flush=True)

    def version(self):
        if "on bench" not in run(*self.mcp, "version").stdout:
            raise RuntimeError("mcp version does not know the agent")
        ours, podman, our_size, podman_size = [], [], [], []
        for _ in range(max(self.rounds, 30)):
            ms, size = measured([*self.mcp, "version"])
            ours.append(ms)
            our_size.append(size)
            ms, size = measured(["podman", "--version"])
            podman.append(ms)
            podman_size.append(size)
        line("mcp version", "ms", statistics.median(ours), [("podman --version", statistics.median(podman), 1.0)])
        line("mcp version, peak resident", "MiB", statistics.median(our_size) / 1024, [
            ("podman --version", statistics.median(podman_size) / 1024, 1.0)])

    def shell(self):
        """A line of the interactive shell, typed into a terminal, beside the fixed command that asks the same."""
        self.define("mcpbench-shell", [("c", 'network = "none"')])
        self.deploy("mcpbench-shell")
        pid, terminal = pty.fork()
        if pid == 0:
            os.environ["TERM"] = "xterm"
            os.execv(self.mcp[0], [*self.mcp, "shell"])
        seen = b""

        def until(pattern, begin):
            nonlocal seen
            deadline = time.monotonic() + 10
            while not re.search(pattern, seen[begin:], re.DOTALL):
                if not select.select([terminal], [], [], max(0, deadline - time.monotonic()))[0]:
                    raise RuntimeError(f"the shell does not answer: {seen[-300:]!r}")
                seen += os.read(terminal, 65536)

        def ask():
            begin = len(seen)
            os.write(terminal, b"mcp.ps()\r")
            until(rb"SERVICE.*mcpbench-shell.*bench> ", begin)

        until(rb"bench> ", 0)
        ours, fixed = [], []
        for _ in range(max(self.rounds, 15)):
            ours.append(timed(ask))
            fixed.append(timed(run, *self.mcp, "ps"))
        os.write(terminal, b"\x04")
        os.waitpid(pid, 0)
        os.close(terminal)
        self.undeploy("mcpbench-shell")
        line("a line of mcp shell, mcp.ps()", "ms", statistics.median(ours), [
            ("mcp ps", statistics.median(fixed), None)])

    def scripts(self):
        """Deploys while a script loops without end, one eats memory and one does not load, beside deploys without."""
        hooks = os.path.join(self.dir, "scripts", "hooks")
        os.makedirs(hooks, exist_ok=True)
        texts = {
            "loop.lua": "mcp.every('1s', function() while true do end end)",
            "memory.lua": "mcp.every('1s', function() local t = {} while true do t[#t + 1] = {} end end)",
            "broken.lua": "mcp.on('deploy', function(",
        }
        self.define("mcpbench-hooks", [("c", 'network = "none"')])
        with_scripts, without = [], []
        for _ in range(self.rounds):
            run(*self.mcp, "script", "reload")
            without.append(timed(self.deploy, "mcpbench-hooks"))
            self.undeploy("mcpbench-hooks")
            for name, text in texts.items():
                with open(os.path.join(hooks, name), "w") as file:
                    file.write(text)
            run(*self.mcp, "script", "reload", check=False)
            time.sleep(0.8)  # with what timed() waits, the first runs have begun
            with_scripts.append(timed(self.deploy, "mcpbench-hooks"))
            self.undeploy("mcpbench-hooks")
            for name in texts:
                os.remove(os.path.join(hooks, name))
        run(*self.mcp, "script", "reload")
        line("deploy with three bad scripts", "ms", statistics.median(with_scripts), [
            ("without", statistics.median(without), 1.1)])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", required=True, help="directory of mcp and mcp-agent")
    parser.add_argument("--rounds", type=int, default=11, help="rounds per figure, at least 10 for a verdict")
    parser.add_argument("--only", help="one of: version, one, ten, gap, kills, recover, vm, ps, files, shell, scripts")
    arguments = parser.parse_args()
    bench = Bench(arguments)
    figures = {
        "version": bench.version,
        "one": bench.one_component,
        "ten": lambda: (bench.ten_components("none"), bench.ten_components("ports")),
        "gap": bench.gap,
        "kills": bench.kills,
        "recover": bench.recover,
        "vm": bench.vm,
        "ps": bench.ps,
        "files": lambda: files.measure(bench, line),
        "shell": bench.shell,
        "scripts": bench.scripts,
    }
    if arguments.only and arguments.only not in figures:
        sys.exit(f"bench: no figure {arguments.only}; there are: {', '.join(figures)}")
    try:
        bench.start()
        for name, figure in figures.items():
            if not arguments.only or name == arguments.only:
                figure()
    finally:
        bench.stop()


main()
