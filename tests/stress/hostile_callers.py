"""Abuses HTTP/2 in every way that is known to have hurt a server, against passendd or its edge.

    tests/stress/hostile_callers.sh build/dev/bin/passendd [--edge] [--times 1] [--seed 7] [--canary]

Beside each abuse (http2_abuses.py) somebody calls as one should: all of these calls are answered.
After each the server answers as quickly as it should; at the end it holds no more files than before,
and about as much memory, and stops as it should.

--edge    through HAProxy with the configuration of deploy/edge
--times   how much of everything
--canary  connections are kept when all is over; succeeds only if that is found
Prints figures, `name: value`. Exit code 1 where something is wrong.
"""
import argparse
import contextlib
import os
import pathlib
import random
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time

import grpc
from passend.v1 import task_service_pb2, taxonomy_service_pb2

import demo_world
from http2_abuses import Abuses
from issuer import Authority, TokenIssuer
from free_port import free_port
from own_server import OwnServer
from passend_client import Client

EDGE = pathlib.Path(__file__).resolve().parents[2] / "deploy/edge/haproxy.cfg"
HOSTILE = "127.0.0.66"  # who abuses; an edge counts by source
REQUEST = taxonomy_service_pb2.ListTaxonomiesRequest()
CALL_SECONDS_MAX = 20  # beside an abuse, on processors that are shared with it
MILLIS_AFTERWARDS_MAX = 100  # the median of twenty calls
KILOBYTES_KEPT_MAX = 48 * 1024
SECONDS_AFTERWARDS_MAX = 60  # until all is given back
SECONDS_OF_A_CANARY = 3


class Plain:
    """passendd by itself, on a port."""

    def __init__(self):
        self.server = OwnServer(listen="127.0.0.1:0")
        self.port = int(self.server.address.rsplit(":", 1)[1])
        self.fill()

    def processes(self):
        return [self.server.process]

    def fill(self):
        """Tasks for a page of 2 MB."""
        task = demo_world.task(demo_world.task_names()[0])
        task.description = "\u20ac" * 4_000
        request = task_service_pb2.CreateTaskRequest(task=task)
        with contextlib.closing(self.client()) as client:
            client.taxonomies.ImportTaxonomy(demo_world.taxonomy_parts())
            for _ in range(180):
                client.tasks.CreateTask(request, timeout=CALL_SECONDS_MAX)

    def client(self):
        client = Client(self.server.address)
        client.wait_until_connected()
        return client

    def door(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=10,
                                        source_address=(HOSTILE, 0))

    def close(self):
        self.server.remove()


class BehindEdge:
    """passendd behind HAProxy, as it is shipped."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="passend."))
        authority = Authority(self.folder)
        key, certificate = authority.issue("edge", "DNS:localhost,IP:127.0.0.1")
        (self.folder / "both.pem").write_bytes(certificate.read_bytes() + key.read_bytes())
        self.certificate = authority.certificate.read_bytes()
        issuer = TokenIssuer(self.folder)
        self.token = issuer.token("coach", "work-first", seconds=86_400)
        self.server = OwnServer(*issuer.options())
        self.port = free_port()
        environment = dict(os.environ, PASSEND_EDGE_BIND=f"127.0.0.1:{self.port}",
                           PASSEND_EDGE_PEM=str(self.folder / "both.pem"),
                           PASSEND_SOCKET=self.server.address.removeprefix("unix:"))
        with open(self.folder / "edge.log", "wb") as log:
            self.edge = subprocess.Popen(["haproxy", "-db", "-f", EDGE], env=environment,
                                         stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        with contextlib.closing(self.client()) as client:
            grpc.channel_ready_future(client.channel).result(timeout=30)
        self.context = ssl.create_default_context(cafile=authority.certificate)
        self.context.set_alpn_protocols(["h2"])

    def processes(self):
        return [self.server.process, self.edge]

    def client(self):
        return Client(f"localhost:{self.port}", grpc.composite_channel_credentials(
            grpc.ssl_channel_credentials(self.certificate),
            grpc.access_token_call_credentials(self.token)))

    def door(self):
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=10,
                                         source_address=(HOSTILE, 0))
        try:
            return self.context.wrap_socket(plain, server_hostname="localhost")
        except OSError:
            plain.close()
            raise

    def close(self):
        self.edge.terminate()
        self.edge.wait(timeout=30)
        self.server.remove()
        shutil.rmtree(self.folder)


class Beside(threading.Thread):
    """Calls as one should, until told to end."""

    def __init__(self, client):
        super().__init__(daemon=True)
        self.client, self.over = client, threading.Event()
        self.millis, self.refused = [], []

    def run(self):
        while not self.over.wait(0.02):
            try:
                self.millis.append(call_millis(self.client))
            except grpc.RpcError as error:
                self.refused.append(f"{error.code().name}: {error.details()}")

    def heard_of_at_least(self, calls):
        deadline = time.monotonic() + CALL_SECONDS_MAX
        while len(self.millis) + len(self.refused) < calls and time.monotonic() < deadline:
            time.sleep(0.01)

    def ended(self):
        self.over.set()
        self.join()


def call_millis(client):
    started = time.monotonic()
    client.taxonomies.ListTaxonomies(REQUEST, timeout=CALL_SECONDS_MAX)
    return 1000 * (time.monotonic() - started)


def median_of_calls(site, count=20):
    """Over a connection of its own; all are answered."""
    with contextlib.closing(site.client()) as client:
        return sorted(call_millis(client) for _ in range(count))[count // 2]


def kilobytes(site):
    status = pathlib.Path(f"/proc/{site.server.process.pid}/status").read_text(encoding="ascii")
    return int(re.search(r"^VmRSS:\s+(\d+)", status, re.MULTILINE)[1])


def threads(site):
    return len(os.listdir(f"/proc/{site.server.process.pid}/task"))


def open_files(site):
    """Of the server, and of the edge before it: there a line may end that never comes to the server."""
    return sum(len(os.listdir(f"/proc/{process.pid}/fd")) for process in site.processes())


def waits_for(condition, site, seconds_max):
    """Comes true in time, or not. Memory is given back by and by, as calls are answered."""
    deadline = time.monotonic() + seconds_max
    while not condition() and time.monotonic() < deadline:
        median_of_calls(site)
        time.sleep(0.2)


def least_of(measured, at_most, site, seconds_max):
    """What is measured, once it has come down to that; or the least that it came to."""
    seen = [measured()]

    def came_down():
        seen.append(measured())
        return min(seen) <= at_most
    waits_for(came_down, site, seconds_max)
    return min(seen)


def abuse(site, name, how):
    """What is wrong."""
    faults = []
    with contextlib.closing(site.client()) as client:
        call_millis(client)
        beside = Beside(client)
        beside.start()
        started = time.monotonic()
        try:
            how()
        except AssertionError as error:
            faults.append(str(error))
        seconds = time.monotonic() - started
        beside.heard_of_at_least(5)
        beside.ended()
    faults += [f"a call beside it: {why}" for why in beside.refused[:3]]
    try:
        afterwards = median_of_calls(site)
        if afterwards > MILLIS_AFTERWARDS_MAX:
            faults.append(f"calls afterwards take {afterwards:.0f} ms")
    except grpc.RpcError as error:
        afterwards = -1
        faults.append(f"a call afterwards: {error.code().name}: {error.details()}")
    print(f"{name}: {seconds:.1f} s, {len(beside.millis)} calls beside it, the longest "
          f"{max(beside.millis, default=-1):.0f} ms, afterwards {afterwards:.1f} ms, "
          f"{kilobytes(site) // 1024} MB", flush=True)
    return [f"{name}: {fault}" for fault in faults]


def run(asked):
    with contextlib.closing(BehindEdge() if asked.edge else Plain()) as site:
        abuses = Abuses(site.door, random.Random(asked.seed), asked.times,
                        lambda: threads(site), lambda: kilobytes(site))
        # What is taken once, such as by the first calls of all, is nobody's abuse.
        median_of_calls(site, 200)
        files, memory = open_files(site), kilobytes(site)
        abuses.hold = asked.canary
        chosen = [pair for pair in abuses.all() if not asked.canary or pair[0] == "half open"]
        faults = [fault for name, how in chosen for fault in abuse(site, name, how)]
        # The edge closes what is half open within ten seconds: a canary does not wait for that.
        patience = SECONDS_OF_A_CANARY if asked.canary else SECONDS_AFTERWARDS_MAX
        files_more = least_of(lambda: open_files(site) - files, 0, site, patience)
        memory_more = least_of(lambda: kilobytes(site) - memory, KILOBYTES_KEPT_MAX, site, patience)
        print(f"abuses: {len(chosen)}")
        print(f"files beyond those before: {files_more}")
        print(f"kilobytes beyond those before: {memory_more}")
        if files_more > 0:
            faults.append(f"{files_more} files are open that were not before")
        if memory_more > KILOBYTES_KEPT_MAX:
            faults.append(f"{memory_more} kB are held that were not before")
        if site.server.process.poll() is not None:
            faults.append(f"the server ended: {site.server.process.returncode}")
        elif site.server.stop() != 0:
            faults.append("the server did not stop as it should")
        return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--edge", action="store_true")
    parser.add_argument("--canary", action="store_true")
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    print(f"seed: {asked.seed}")
    faults = run(asked)
    for fault in faults[:20]:
        print(f"  wrong: {fault}")
    if asked.canary:
        found = any("files are open that were not before" in fault for fault in faults)
        print("canary: " + ("found" if found else "MISSED"))
        return int(not found)
    print(f"faults: {len(faults)}")
    return int(bool(faults))


sys.exit(main())
