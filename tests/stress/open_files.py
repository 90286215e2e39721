"""A server that cannot open files any more, because somebody opens connections and never closes them.

    tests/stress/live.sh open_files build/dev/bin/passendd [--files 200] [--rounds 2] [--seed 7]
        [--canary]

The server may open so many files. In each round connections are opened until no more are taken, and
some beyond: first from one address, which leaves some to others, and then from more. From which each
comes and in which order they are closed is chosen at random. Meanwhile calls on connections that were
there before go on, writes among them, a backup is made, which takes files, and the figures tell. Once
the connections are closed, newcomers are let in again within seconds, the server serves and takes
writes, and what was acknowledged is there; so is all of it after a restart.

--canary: only a few connections are opened; succeeds only if it is found that files were not short.
"""
import contextlib
import random
import resource
import select
import socket
import time

import grpc
from passend.v1 import admin_service_pb2, admin_service_pb2_grpc, passport_service_pb2, sync_service_pb2

from running_server import (CALL_SECONDS_MAX, PARTNER, Report, a_passport, connections, main_of,
                            read_options, running, timed, waits_for)

BEYOND = 50  # connections more than there can be files
GREEDY = ("127.0.0.2",)  # from which all of them are opened at first
OTHERS = ("127.0.0.3", "127.0.0.4")
CALL_SECONDS = 5
BACK_SECONDS_MAX = 10


def ports_of(address):
    host, port = address.rsplit(":", 1)
    return host, int(port)


def open_connections(address, count, sources, choices):
    """Sockets, of which the server has taken as many as it can; the others wait, or were closed."""
    opened = []
    for _ in range(count):
        connection = socket.socket()
        connection.bind((choices.choice(sources), 0))
        connection.settimeout(1)
        try:
            connection.connect(ports_of(address))
            connection.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0")
            opened.append(connection)
        except OSError:
            connection.close()
    return opened


def count_answered(opened):
    """On how many the server speaks: its settings are the first that it sends."""
    waiting, answered, deadline = set(opened), 0, time.monotonic() + 2
    while waiting and time.monotonic() < deadline:
        for connection in select.select(waiting, [], [], 0.2)[0]:
            waiting.discard(connection)
            with contextlib.suppress(OSError):
                answered += bool(connection.recv(1))
    return answered


def push_much(client, number, records=300):
    """So much that the store's files change."""
    batch = sync_service_pb2.PushRequest(partner=PARTNER, batch_id=f"batch-{number:08}")
    for one in range(records):
        record = batch.records.add(external_id=f"p-{one}", revision=f"{number:08}")
        record.upsert.passport.region = "groningen"
        record.upsert.passport.wishes.hours.weekly_hours_min = 1 + number % 40
        record.upsert.passport.wishes.hours.weekly_hours_max = 1 + number % 40
    return list(client.sync.Push(iter([batch]), timeout=CALL_SECONDS_MAX))


def back_up(client):
    admin = admin_service_pb2_grpc.AdminServiceStub(client.channel)
    admin.StartBackup(admin_service_pb2.StartBackupRequest(), timeout=CALL_SECONDS)
    asked = admin_service_pb2.GetJobRequest(kind=admin_service_pb2.JOB_KIND_BACKUP)
    while True:
        job = admin.GetJob(asked, timeout=CALL_SECONDS)
        if job.state != admin_service_pb2.JOB_STATE_RUNNING:
            return job
        time.sleep(0.1)


def newcomer_is_let_in(server, name):
    client = connections(server, 1)[0]
    try:
        _, found = timed(lambda: client.passports.GetPassport(
            passport_service_pb2.GetPassportRequest(name=name), timeout=1))
        return getattr(found, "name", "") == name
    finally:
        client.close()


def a_round(report, server, client, known, number, connections_opened, choices):
    turned_away_before = server.metrics()["passend_connections_turned_away_total"]
    opened = open_connections(server.address, connections_opened, GREEDY, choices)
    report.expect(waits_for(lambda: newcomer_is_let_in(server, known[0])),
                  "one address keeps all others out")
    taken = count_answered(opened)
    others = open_connections(server.address, connections_opened, OTHERS, choices)
    others_taken = count_answered(others)
    opened += others
    taken += others_taken
    report.figure(f"round {number}: connections opened", len(opened))
    report.figure(f"round {number}: of which the server took", taken)
    report.expect(others_taken < len(others), "every connection was taken: files are not short")
    for i in range(20):
        took, found = timed(lambda: a_passport(client))
        if isinstance(found, str):
            known.append(found)
        else:
            report.fault(f"a write on a connection from before: {found.code} {found.reason}")
        _, found = timed(lambda i=i: push_much(client, number * 1000 + i))
        report.expect(isinstance(found, list), f"a push on a connection from before: {found}")
    _, job = timed(lambda: back_up(client))
    report.expect(getattr(job, "state", None) == admin_service_pb2.JOB_STATE_SUCCEEDED, f"a backup: {job}")
    _, figures = timed(server.metrics)
    turned_away = figures["passend_connections_turned_away_total"] - turned_away_before
    report.figure(f"round {number}: turned away, as the figures tell", int(turned_away))
    report.expect(taken == len(opened) or turned_away > 0, "the figures tell of nobody")
    choices.shuffle(opened)
    for connection in opened:
        connection.close()
    started = time.monotonic()
    back = waits_for(lambda: newcomer_is_let_in(server, known[0]), 30)
    took = time.monotonic() - started
    report.expect(back, "newcomers are not let in after the connections were closed")
    report.limit(f"round {number}: seconds until newcomers are let in", took, BACK_SECONDS_MAX)


def check(report, server, known):
    client = connections(server, 1)[0]
    for name in known:
        _, found = timed(lambda name=name: client.passports.GetPassport(
            passport_service_pb2.GetPassportRequest(name=name), timeout=CALL_SECONDS))
        report.expect(getattr(found, "name", "") == name, f"{name} was acknowledged: {found}")
    client.close()


def run():
    asked = read_options(__doc__, files=200, rounds=2)
    report = Report("open_files", asked.seed)
    choices = random.Random(asked.seed)
    with running("--audit-log", "on", "--backup-folder", "{folder}/backups", listen="127.0.0.1:0") as server:
        resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (asked.files, asked.files))
        client = connections(server, 1)[0]
        known = [a_passport(client) for _ in range(10)]
        report.figure("files at rest", server.open_files())
        for number in range(asked.rounds):
            a_round(report, server, client, known, number,
                    10 if asked.canary else asked.files + BEYOND, choices)
        _, found = timed(server.metrics)
        figures = found if isinstance(found, dict) else {}
        report.expect(figures.get("passend_serving") == 1, "the server does not serve afterwards")
        report.expect(figures.get("passend_store_takes_writes") == 1, "the store was harmed")
        check(report, server, known)
        report.figure("acknowledged and there", len(known))
        report.expect(server.stop() == 0, "the server did not stop as it should")
        server.start()
        check(report, server, known)
        server.stop()
    return report.end(["files are not short"] if asked.canary else [])


main_of(run)
