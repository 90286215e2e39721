"""A mixed load that goes on, while the master key is exchanged: nothing grows, nobody waits longer.

    tests/stress/live.sh soak build/dev/bin/passendd [--seconds 40] [--callers 6] [--rotations 3]
        [--quiet 2000] [--seed 7] [--canary]

Callers read, write, list and rank at a steady pace, with feeds that come and go. Memory and files are
sampled; a straight line through what was measured in the second half says how they grow. How long the
slowest of a hundred calls took in the second half is compared with the first.

In the end calls that write nothing are made by themselves: they leave no memory (quiet_calls.py).

--canary: two connections with feeds are left open each second, and calls that write nothing are never
ended; succeeds only if both are found, by their files and by their memory.
"""
import random
import threading
import time

import grpc
from passend.v1 import match_service_pb2, passport_service_pb2, task_service_pb2

import demo_world
from quiet_calls import QUIET_GROWTH, expect_quiet_calls_leave_nothing
from running_server import (CALL_SECONDS_MAX, Report, a_passport, add_master_key, connections,
                            main_of, read_options, running, waits_for, watch)

CALLS_A_SECOND = 20  # of each caller
# What the store may hold, and the most that memory may grow by, as a line through the second half
# says, however long that is: over a short run the line is steep by chance.
STORE_MEGABYTES, KILOBYTES_MORE_MAX = 16, 24_000
FILES_MORE_MAX = 4
P99_TIMES_MAX, P99_MILLIS_MAX = 3, 1_000  # others may be busy on the machine


class Caller:
    """Calls at its pace, and remembers how long each took."""

    def __init__(self, client, seed, number, tasks):
        self.client, self.tasks = client, tasks
        self.choices = random.Random(f"{seed}/{number}")
        self.person = a_passport(client)
        self.took, self.faults = [], []  # when it began, and seconds

    def run(self, until):
        following = time.monotonic()
        while (now := time.monotonic()) < until:
            following += 1 / CALLS_A_SECOND
            time.sleep(max(0.0, following - now))
            call = self.choices.choice([self.read, self.read, self.change, self.rank, self.list_all,
                                        self.follow])
            began = time.monotonic()
            try:
                call()
            except grpc.RpcError as error:
                self.faults.append(f"{call.__name__}: {error.code()} {error.details()}")
            self.took.append((began, time.monotonic() - began))

    def read(self):
        self.client.passports.GetPassport(
            passport_service_pb2.GetPassportRequest(name=self.person), timeout=CALL_SECONDS_MAX)

    def change(self):
        request = passport_service_pb2.UpdatePassportRequest()
        request.passport.name = self.person
        hours = request.passport.wishes.hours
        hours.weekly_hours_min = hours.weekly_hours_max = self.choices.randrange(1, 60)
        request.update_mask.paths.append("wishes")
        self.client.passports.UpdatePassport(request, timeout=CALL_SECONDS_MAX)

    def rank(self):
        self.client.matches.FindCandidates(match_service_pb2.FindCandidatesRequest(
            task=self.choices.choice(self.tasks)), timeout=CALL_SECONDS_MAX)

    def list_all(self):
        self.client.passports.ListPassports(
            passport_service_pb2.ListPassportsRequest(page_size=20), timeout=CALL_SECONDS_MAX)

    def follow(self):
        watch(self.client, timeout=CALL_SECONDS_MAX).cancel()


def line_through(samples):
    """How much more the line has at the end of the samples than at their beginning."""
    count = len(samples)
    if count < 2:
        return 0.0
    mean_time = sum(at for at, _ in samples) / count
    mean_value = sum(value for _, value in samples) / count
    spread = sum((at - mean_time) ** 2 for at, _ in samples)
    slope = sum((at - mean_time) * (value - mean_value) for at, value in samples) / spread
    return slope * (samples[-1][0] - samples[0][0])


def p99_millis(took):
    ordered = sorted(seconds for _, seconds in took)
    return 1000 * ordered[int(0.99 * (len(ordered) - 1))]


def master_keys_of(server):
    """How many it says that it has taken over."""
    log = (server.folder / "server.log").read_text(encoding="utf-8")
    return log.count("keys: under master key")


def sample(server, asked, until):
    """Memory and files, with the time, once a second; the master key is exchanged now and then."""
    memory, files, held = [], [], []
    started = time.monotonic()
    rotations = [started + (i + 0.5) * asked.seconds / asked.rotations
                 for i in range(asked.rotations)]
    while (now := time.monotonic()) < until:
        memory.append((now, server.kilobytes()))
        files.append((now, server.open_files_but_tables()))
        if rotations and now > rotations[0]:
            rotations.pop(0)
            add_master_key(server)
        if asked.canary:
            clients = connections(server, 2)
            held += clients + [watch(client) for client in clients]
        time.sleep(1)
    return memory, files


def prepare(client):
    client.taxonomies.ImportTaxonomy(demo_world.taxonomy_parts())
    for _, passport, _ in list(demo_world.everybody())[:200]:
        client.passports.CreatePassport(
            passport_service_pb2.CreatePassportRequest(passport=passport))
    return [client.tasks.CreateTask(task_service_pb2.CreateTaskRequest(
        task=demo_world.task(name))).name for name in demo_world.task_names()]


def run():
    asked = read_options(__doc__, seconds=40, callers=6, rotations=3, quiet=2000)
    report = Report("soak", asked.seed)
    with running("--store-megabytes", STORE_MEGABYTES, "--audit-log", "on", "--master-key-file", "{folder}/master.key",
                 "--make-master-key", listen="127.0.0.1:0") as server:
        beside = connections(server, 1)[0]
        tasks = prepare(beside)
        callers = [Caller(client, asked.seed, number, tasks)
                   for number, client in enumerate(connections(server, asked.callers))]
        until = time.monotonic() + asked.seconds
        threads = [threading.Thread(target=caller.run, args=(until,)) for caller in callers]
        for thread in threads:
            thread.start()
        memory, files = sample(server, asked, until)
        for thread in threads:
            thread.join()
        taken_over = waits_for(lambda: master_keys_of(server) == asked.rotations)
        report.figure("master keys taken over", master_keys_of(server))
        report.expect(taken_over,
                      "a master key was not taken over")
        for caller in callers:
            for fault in caller.faults:
                report.fault(fault)
        took = sorted(one for caller in callers for one in caller.took)
        half = until - asked.seconds / 2
        late = [one for one in took if one[0] >= half]
        report.figure("calls", len(took))
        report.figure("kilobytes at the end", memory[-1][1])
        report.limit_of_cost("kilobytes more in the second half",
                             line_through([one for one in memory if one[0] >= half]), KILOBYTES_MORE_MAX)
        report.limit("files more in the second half, but tables of the store",
                     line_through([one for one in files if one[0] >= half]), FILES_MORE_MAX)
        first = p99_millis([one for one in took if one[0] < half])
        report.figure("p99 in the first half, ms", first)
        report.limit_of_cost("p99 in the second half, ms", p99_millis(late),
                             max(P99_TIMES_MAX * first, P99_MILLIS_MAX))
        expect_quiet_calls_leave_nothing(report, server, asked.quiet, asked.canary)
        report.expect(server.stop() == 0, "the server did not stop as it should")
    return report.end(["files more in the second half, but tables of the store", QUIET_GROWTH] if asked.canary else [])


main_of(run)
