"""What the families over a running server share: the server with its figures, and how results are told.

A family is run by live.sh. It prints figures, `name: value`, and ends with one line that says what
became of it; exit code 1 where something is wrong. With --canary it does harm that it has to find:
then exit code 0 means that this very harm was found, and not that something was wrong.
"""
import argparse
import concurrent.futures
import contextlib
import os
import pathlib
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

import grpc
from google.protobuf import duration_pb2
from passend.v1 import passport_service_pb2, sync_service_pb2

from families import NOT_COUNTED
from free_port import free_port
from own_server import OwnServer
from passend_client import Client, Refusal, pages

PARTNER = "partners/delft"
CALL_SECONDS_MAX = 30


class RunningServer(OwnServer):
    """Gives figures to this machine."""

    def __init__(self, *options, **settings):
        self.metrics_port = free_port()
        super().__init__("--metrics-listen", f"127.0.0.1:{self.metrics_port}", *options, **settings)

    def metrics(self):
        """Every figure by its name, those with labels under `name{label="value"}`."""
        url = f"http://127.0.0.1:{self.metrics_port}/metrics"
        with urllib.request.urlopen(url, timeout=10) as answer:
            lines = answer.read().decode().splitlines()
        pairs = (line.rsplit(" ", 1) for line in lines if line and not line.startswith("#"))
        return {name: float(value) for name, value in pairs}

    def kilobytes(self):
        """What the process holds in memory now."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(re.search(r"^VmRSS:\s+(\d+)", status, re.MULTILINE)[1])

    def open_files(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def open_files_but_tables(self):
        """Without those of the store that come and go with what is written."""
        folder = pathlib.Path(f"/proc/{self.process.pid}/fd")
        tables = 0
        for link in folder.iterdir():
            try:
                tables += os.readlink(link).endswith(".sst")
            except FileNotFoundError:
                pass  # closed meanwhile
        return self.open_files() - tables

    def threads(self):
        return len(os.listdir(f"/proc/{self.process.pid}/task"))

    def stop(self):
        """As any server; what a sanitizer has to say of it is shown."""
        code = super().stop()
        if code:
            log = (self.folder / "server.log").read_text(encoding="utf-8", errors="replace")
            said = "\n".join(line for line in log.splitlines() if not line.startswith("{"))
            print(f"the server stopped with {code}:\n{said[:4000]}", flush=True)
        return code

    def kilobytes_once_settled(self, seconds_min=3, seconds_max=20):
        """The least that it holds; the allocator gives memory back within twelve seconds."""
        started = time.monotonic()
        least, earliest, deadline = self.kilobytes(), started + seconds_min, started + seconds_max
        unchanged = 0
        while time.monotonic() < earliest or time.monotonic() < deadline and unchanged < 5:
            time.sleep(1)
            now = self.kilobytes()
            unchanged = unchanged + 1 if now > least * 0.995 else 0
            least = min(least, now)
        return least


def waits_for(condition, seconds_max=10):
    """Whether it comes true in time."""
    deadline = time.monotonic() + seconds_max
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


@contextlib.contextmanager
def running(*options, **settings):
    """A server for as long as the block takes; killed at its end, whatever happens."""
    server = RunningServer(*options, **settings)
    try:
        yield server
    finally:
        server.remove()


def connections(server, count, *more_options):
    """So many clients, each with a connection of its own."""
    options = [("grpc.use_local_subchannel_pool", 1), *more_options]
    clients = [Client(server.address, options=options) for _ in range(count)]
    for client in clients:
        client.wait_until_connected(CALL_SECONDS_MAX)
    return clients


def side_by_side(work, items, threads=16):
    """`work` of every item, on some threads; the results in their order."""
    with concurrent.futures.ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, items))


def watch(client, heartbeat_seconds=300, **options):
    """A feed that has told everything that there was."""
    stream = client.sync.Watch(sync_service_pb2.WatchRequest(
        partner=PARTNER, heartbeat_interval=duration_pb2.Duration(seconds=heartbeat_seconds)),
        **options)
    for answer in stream:
        if answer.snapshot_complete:
            return stream
    raise AssertionError("the feed ended before it had told everything")


def a_passport(client, region="drenthe", hours=24, partner=PARTNER):
    """The name of somebody new."""
    request = passport_service_pb2.CreatePassportRequest()
    request.passport.region = region
    request.passport.partners.append(partner)
    request.passport.wishes.hours.weekly_hours_min = hours
    request.passport.wishes.hours.weekly_hours_max = hours
    return client.passports.CreatePassport(request, timeout=CALL_SECONDS_MAX).name


def regions_of_everybody(client):
    """By the name of the passport."""
    return {one.name: one.region
            for page in pages(client.passports.ListPassports,
                              passport_service_pb2.ListPassportsRequest(), "passports", 1000)
            for one in page}


def expect_nobody_else(report, found, known):
    """Of the names of passports those that nobody was told: a call that was carried out twice."""
    unknown = sorted(set(found) - set(known))
    report.expect(not unknown, f"{len(unknown)} passports are there that no call is known to have "
                               f"created, such as {unknown[:3]}")


def median_and_longest(seconds):
    """In milliseconds."""
    ordered = sorted(seconds)
    return 1000 * ordered[len(ordered) // 2], 1000 * ordered[-1]


def add_master_key(server):
    """A server that runs takes it over by itself, and says so in its log."""
    keys = server.options[server.options.index("--master-key-file"):][:2]
    subprocess.run([server.process.args[0], *keys, "--data", server.data,
                    "--add-master-key"], check=True, stdout=subprocess.DEVNULL)


def timed(call):
    """Seconds that it took, whatever came of it, and what came."""
    started = time.monotonic()
    try:
        found = call()
    except grpc.RpcError as error:
        found = Refusal(error)
    return time.monotonic() - started, found


def is_sanitized(program):
    """Whether it keeps what was freed, and takes its time."""
    libraries = subprocess.run(["/usr/bin/ldd", program], check=True, capture_output=True, text=True)
    return "libasan" in libraries.stdout


class Report:
    """Figures, and what is wrong."""

    def __init__(self, family, seed):
        self.family, self.seed, self.faults = family, seed, []
        self.lock = threading.Lock()
        self.started = time.monotonic()
        self.sanitized, self.uncounted = is_sanitized(os.environ["PASSENDD"]), 0
        print(f"seed: {seed}")

    @staticmethod
    def figure(name, value):
        print(f"{name}: {value:.1f}" if isinstance(value, float) else f"{name}: {value}", flush=True)

    def fault(self, what):
        with self.lock:
            self.faults.append(what)

    def expect(self, holds, what):
        if not holds:
            self.fault(what)

    def limit(self, name, value, at_most):
        self.figure(name, value)
        self.expect(value <= at_most, f"{name}: {value:.1f}, at most {at_most} is right")

    def limit_of_cost(self, name, value, at_most):
        """Of memory or time, which a sanitizer makes others: there it is told, and does not count."""
        if not self.sanitized:
            self.limit(name, value, at_most)
            return
        if not self.uncounted:
            print(NOT_COUNTED)
        self.uncounted += 1
        self.figure(name, value)

    def end(self, planted=()):
        """The exit code. What was planted has to be among the faults, each by its words."""
        for what in self.faults[:10]:
            print(f"  wrong: {what}")
        missed = [words for words in planted if not any(words in what for what in self.faults)]
        for words in missed:
            print(f"  not found: {words}")
        canary, found = bool(planted), not missed if planted else bool(self.faults)
        said = ("the canary was found" if found else "the canary was MISSED") if canary else (
            f"{len(self.faults)} faults" if found else "ok")
        print(f"{self.family}, seed {self.seed}: {said}, {time.monotonic() - self.started:.0f} s")
        return int(not found if canary else found)


def read_options(text, **defaults):
    """--seed and --canary, and a number for each of `defaults`."""
    parser = argparse.ArgumentParser(description=text.split("\n", maxsplit=1)[0])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--canary", action="store_true")
    for name, value in defaults.items():
        parser.add_argument("--" + name.replace("_", "-"), type=type(value), default=value)
    return parser.parse_args()


def main_of(run):
    """Runs it; whoever is told to end takes the server along."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    sys.exit(run())
