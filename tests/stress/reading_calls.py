"""Calls that work and write nothing, broken off while they do: whatever memory they leave is a leak.

Ranked lists of a task and of a person, passports one by one and in pages, and feeds of a partner who
has people. Each is cancelled after a random while, has a deadline of a random while, or is left alone.

The server is one of its own, without an audit log, so that nothing is written: its last commit says so.
Its allocator gives back at once what is freed, so that 100 bytes a call show in the long size.

A canary holds as much as that: feeds that are never ended.
"""
import collections
import random
import time

import grpc
from google.protobuf import duration_pb2
from passend.v1 import (match_service_pb2, passport_service_pb2, sync_service_pb2, task_service_pb2)

import demo_world
from running_server import (CALL_SECONDS_MAX, PARTNER, a_passport, connections, running,
                            side_by_side, waits_for, watch)

READING_GROWTH = "kilobytes more by calls that read, broken off"
FINE = {grpc.StatusCode.OK, grpc.StatusCode.CANCELLED, grpc.StatusCode.DEADLINE_EXCEEDED}
LONGEST_WAIT = 0.01  # seconds after which a call is broken off, at most
PEOPLE, PEOPLE_OF_PARTNER = 200, 50
# Memory of a fresh server grows until the calls have met each other in all ways: 6 MB by 8,000 calls.
CALLS_BEFORE = 8_000
# Of 40,000 calls after those 100 bytes each are 3,906. Without a leak 1,272 were seen at most: what was
# in use at a time did not grow, but is spread over more pages.
KILOBYTES_MAX = 2_500
HELD = 200  # by a canary: 4,200 kB were seen
# jemalloc's: one heap for all threads, and pages go back as soon as nothing is on them.
ENVIRONMENT = {"MALLOC_CONF": "narenas:1,tcache:false,dirty_decay_ms:0,muzzy_decay_ms:0"}


def prepare(client):
    """The names of tasks and people."""
    client.taxonomies.ImportTaxonomy(demo_world.taxonomy_parts())
    people = [client.passports.CreatePassport(
        passport_service_pb2.CreatePassportRequest(passport=passport)).name
        for _, passport, _ in list(demo_world.everybody())[:PEOPLE]]
    people += [a_passport(client) for _ in range(PEOPLE_OF_PARTNER)]
    tasks = [client.tasks.CreateTask(task_service_pb2.CreateTaskRequest(
        task=demo_world.task(name))).name for name in demo_world.task_names()]
    return tasks, people


class Calls:
    """Each is what its number and the seed make of it."""

    def __init__(self, clients, seed, tasks, people):
        self.clients, self.seed, self.tasks, self.people = clients, seed, tasks, people
        self.kinds = [self.rank, self.rank_tasks, self.read, self.list_all, self.watch]

    def make(self, number):
        """How it ended."""
        choices = random.Random(f"{self.seed}/{number}")
        client = self.clients[number % len(self.clients)]
        ending = choices.choice(["alone", "cancel", "cancel", "deadline", "at once"])
        kind = choices.choice(self.kinds)
        if ending == "alone" and kind == self.watch:
            ending = "cancel"
        wait = choices.uniform(0, LONGEST_WAIT) ** 2 / LONGEST_WAIT  # often a short one
        call = kind(client, choices, max(wait, 0.0001) if ending == "deadline" else CALL_SECONDS_MAX)
        if ending == "cancel":
            time.sleep(wait)
        if ending in ("cancel", "at once"):
            call.cancel()
        return call.code()

    def rank(self, client, choices, timeout):
        return client.matches.FindCandidates.future(match_service_pb2.FindCandidatesRequest(
            task=choices.choice(self.tasks)), timeout=timeout)

    def rank_tasks(self, client, choices, timeout):
        return client.matches.FindTasks.future(match_service_pb2.FindTasksRequest(
            passport=choices.choice(self.people)), timeout=timeout)

    def read(self, client, choices, timeout):
        return client.passports.GetPassport.future(passport_service_pb2.GetPassportRequest(
            name=choices.choice(self.people)), timeout=timeout)

    @staticmethod
    def list_all(client, choices, timeout):
        return client.passports.ListPassports.future(passport_service_pb2.ListPassportsRequest(
            page_size=choices.choice([1, 20, 100])), timeout=timeout)

    @staticmethod
    def watch(client, _, timeout):
        return client.sync.Watch(sync_service_pb2.WatchRequest(
            partner=PARTNER, heartbeat_interval=duration_pb2.Duration(seconds=300)), timeout=timeout)


def a_round(report, server, calls, numbers):
    """How so many ended."""
    ended = collections.Counter(side_by_side(calls.make, numbers))
    for code in ended.keys() - FINE:
        report.fault(f"{ended[code]} calls that read: {code.name}")
    idle = waits_for(lambda: server.metrics()["passend_calls_in_flight"] == 0, CALL_SECONDS_MAX)
    report.expect(idle, "calls that read are held")
    return ended


def settled_kilobytes(server):
    time.sleep(1)  # the library of calls tidies up
    return server.kilobytes()


def expect_reading_calls_leave_nothing(report, seed, count, canary):
    with running("--store-megabytes", 16, listen="127.0.0.1:0", environment=ENVIRONMENT) as server:
        clients = connections(server, 4)
        calls = Calls(clients, seed, *prepare(clients[0]))
        commits = server.metrics()["passend_store_last_commit"]
        a_round(report, server, calls, range(CALLS_BEFORE))
        before = settled_kilobytes(server)
        ended = a_round(report, server, calls, range(CALLS_BEFORE, CALLS_BEFORE + count))
        report.figure("calls that read", count)
        report.figure("calls that read: answered", ended[grpc.StatusCode.OK])
        report.expect(ended[grpc.StatusCode.OK] >= count / 10, "hardly a call that reads is answered")
        report.expect(ended[grpc.StatusCode.OK] <= count / 2, "hardly a call that reads is broken off")
        held = side_by_side(lambda number: watch(clients[number % len(clients)]),
                            range(HELD if canary else 0))
        report.limit_of_cost(READING_GROWTH, settled_kilobytes(server) - before, KILOBYTES_MAX)
        report.expect(server.metrics()["passend_store_last_commit"] == commits,
                      "calls that read wrote something")
        for stream in held:
            stream.cancel()
        for client in clients:
            client.close()
        report.expect(server.stop() == 0, "the server did not stop as it should")
