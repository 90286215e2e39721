"""Calls of all kinds that are broken off at any moment, or given deadlines that are too short.

    tests/stress/live.sh cancels build/dev/bin/passendd [--calls 2000] [--callers 8] [--rounds 4]
        [--quiet 2000] [--seed 7] [--canary]

Reads, writes, lists, ranked lists, feeds and streams of pushes, from several connections. Each is
left alone, cancelled after a random while, or has a deadline of a random while; some are cancelled
before they are sent, and of feeds half read nothing. What was acknowledged is kept in a ledger. After
each round

  - no call, stream or place is held: the figures say so, and bursts as large as the server takes in
    are answered;
  - what was acknowledged is there, and a write without an answer, sent again, is there once.

At the end there are no passports but those of the ledger, and files are as before; memory grew in the
second half of the rounds by no more than what is known of who is new, and by next to nothing in last
rounds of calls that write nothing: empty ones (quiet_calls.py), and such as work, broken off while they
do (reading_calls.py).

--canary: a feed is held open, the ledger has a write and a push that were never sent, there is a passport
that it does not have, and of both last rounds calls are never ended; succeeds only if all are found.
"""
import collections
import concurrent.futures
import random
import threading

import grpc
from passend.v1 import (match_service_pb2, passport_service_pb2, sync_pb2, sync_service_pb2,
                        task_service_pb2)

import demo_world
from quiet_calls import HELD, QUIET_GROWTH, expect_quiet_calls_leave_nothing
from reading_calls import READING_GROWTH, expect_reading_calls_leave_nothing
from running_server import (CALL_SECONDS_MAX, PARTNER, Report, a_passport, connections,
                            expect_nobody_else, main_of, read_options, regions_of_everybody,
                            running, side_by_side, waits_for, watch)

CALLS_IN_FLIGHT_MAX = 64
STREAMS_MAX = 32
REGION, PUSHED_REGION = "zeeland", "utrecht"  # of whom callers create, and push
FEED_SECONDS_MAX = 120  # everybody is looked through
IN_FLIGHT = 16       # of each caller
LONGEST_WAIT = 0.05  # seconds after which a call is broken off, at most
# What the store may hold; and what memory may grow by in the second half of the rounds, with what is
# known of each passport. In the short size the store still fills its memory then, which hides much:
# quiet calls are looked at by themselves.
STORE_MEGABYTES = 16
GROWTH_KILOBYTES_MAX, GROWTH_KILOBYTES_A_PASSPORT_MAX = 48_000, 1
# What may come of a call that is broken off or that finds the server busy; all else is a fault.
FINE = {grpc.StatusCode.OK, grpc.StatusCode.CANCELLED, grpc.StatusCode.DEADLINE_EXCEEDED,
        grpc.StatusCode.RESOURCE_EXHAUSTED}


def read_all(stream, take=lambda answer: None):
    try:
        for answer in stream:
            take(answer)
    except grpc.RpcError:
        pass  # what came of it is looked at when the call has ended


class Caller:
    """Has some calls on their way, each of which ends in a while, one way or another."""

    def __init__(self, client, number, seed, tasks, report):
        self.client, self.number, self.tasks, self.report = client, number, tasks, report
        self.choices = random.Random(f"{seed}/{number}")
        self.codes, self.kinds = collections.Counter(), collections.Counter()
        self.lock = threading.Lock()
        self.room = threading.Semaphore(IN_FLIGHT)
        self.readers = concurrent.futures.ThreadPoolExecutor(IN_FLIGHT)
        self.passport = a_passport(client)
        self.created, self.sent = {}, 0  # the passport of each request, once it was acknowledged
        self.pushed = set()  # their numbers at the partner
        self.pushed_passports = set()  # that were acknowledged

    def run(self, calls):
        for _ in range(calls):
            self.room.acquire()
            kind = self.choices.choice([self.read, self.list_all, self.rank, self.create,
                                        self.create, self.watch, self.push])
            self.kinds[kind.__name__] += 1
            ending = self.choices.choice(["alone", "cancel", "cancel", "deadline", "at once"])
            wait = self.choices.uniform(0, LONGEST_WAIT) ** 2 / LONGEST_WAIT  # often a short one
            # What goes on for long is always broken off.
            if ending == "alone" and kind == self.watch:
                ending = "cancel"
            timeout = max(wait, 0.0001) if ending == "deadline" else CALL_SECONDS_MAX
            call, done = kind(timeout)
            if kind == self.push:
                self.readers.submit(read_all, call, self.take_pushed)
            elif kind == self.watch and self.choices.random() < 0.5:
                self.readers.submit(read_all, call)  # others read nothing
            call.add_done_callback(lambda call, done=done: self.ended(call, done))
            if ending == "at once":
                call.cancel()
            elif ending == "cancel":
                timer = threading.Timer(wait, call.cancel)
                timer.daemon = True
                timer.start()
        for _ in range(IN_FLIGHT):
            if not self.room.acquire(timeout=CALL_SECONDS_MAX):
                self.report.fault("a call does not end")
        self.room.release(IN_FLIGHT)

    def ended(self, call, done):
        code = call.code()
        with self.lock:
            self.codes[code.name] += 1
        if code not in FINE:
            self.report.fault(f"{code.name}: {call.details()}")
        done(call, code == grpc.StatusCode.OK)
        self.room.release()

    @staticmethod
    def nothing(_, __):
        pass

    def read(self, timeout):
        request = passport_service_pb2.GetPassportRequest(name=self.passport)
        return self.client.passports.GetPassport.future(request, timeout=timeout), self.nothing

    def list_all(self, timeout):
        request = passport_service_pb2.ListPassportsRequest(page_size=20)
        return self.client.passports.ListPassports.future(request, timeout=timeout), self.nothing

    def rank(self, timeout):
        request = match_service_pb2.FindCandidatesRequest(task=self.choices.choice(self.tasks))
        return self.client.matches.FindCandidates.future(request, timeout=timeout), self.nothing

    def create(self, timeout):
        self.sent += 1
        request_id = f"cancels-{self.number}-{self.sent}"
        request = passport_service_pb2.CreatePassportRequest(request_id=request_id)
        request.passport.region = REGION
        self.created[request_id] = None

        def done(call, acknowledged):
            if acknowledged:
                self.created[request_id] = call.result().name
        return self.client.passports.CreatePassport.future(request, timeout=timeout), done

    def watch(self, timeout):
        stream = self.client.sync.Watch(sync_service_pb2.WatchRequest(partner=PARTNER),
                                        timeout=timeout)
        return stream, self.nothing

    def push(self, timeout):
        batches = self.choices.randrange(1, 4)
        self.sent += batches
        numbers = range(self.sent - batches, self.sent)
        self.pushed.update(number % 50 for number in numbers)

        def requests():
            for number in numbers:
                batch = sync_service_pb2.PushRequest(
                    partner=PARTNER, batch_id=f"cancels-{self.number}-{number:06}")
                record = batch.records.add(external_id=f"{self.number}-{number % 50}",
                                           revision=f"{number:08}")
                record.upsert.passport.region = PUSHED_REGION
                yield batch
        return self.client.sync.Push(requests(), timeout=timeout), self.nothing

    def take_pushed(self, answer):
        """What a stream of pushes was told, whatever became of the stream."""
        for result in answer.results:
            if result.outcome not in (sync_pb2.PUSH_OUTCOME_ACCEPTED, sync_pb2.PUSH_OUTCOME_UNCHANGED):
                self.report.fault(f"{result.external_id} was pushed: {result}")
            with self.lock:
                self.pushed_passports.add(result.passport)

    def check(self, client):
        """Whether all that was acknowledged is there; what was sent again is there once."""
        def one(pair):
            request_id, name = pair
            request = passport_service_pb2.CreatePassportRequest(request_id=request_id)
            request.passport.region = REGION
            if name is None:
                return client.passports.CreatePassport(request, timeout=CALL_SECONDS_MAX).name
            try:
                found = client.passports.GetPassport(
                    passport_service_pb2.GetPassportRequest(name=name), timeout=CALL_SECONDS_MAX)
                if found.region == REGION:
                    return name
            except grpc.RpcError as error:
                if error.code() != grpc.StatusCode.NOT_FOUND:
                    raise
            self.report.fault(f"{name} was acknowledged, and is not there")
            return name
        with self.lock:
            pairs = sorted(self.created.items())
        self.created = dict(zip([pair[0] for pair in pairs], side_by_side(one, pairs)))


def a_round(report, server, callers, calls):
    threads = [threading.Thread(target=caller.run, args=(calls // len(callers),))
               for caller in callers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    idle = waits_for(lambda: server.metrics()["passend_calls_in_flight"] == 0, 20)
    figures = server.metrics()
    report.expect(idle, f"{figures['passend_calls_in_flight']:.0f} calls are held, of which "
                        f"{figures['passend_feed_readers']:.0f} feeds and "
                        f"{figures['passend_push_streams']:.0f} pushes")
    report.expect(figures["passend_calls_waiting"] == 0, "calls wait after the round")


def bursts(report, server):
    """As many as the server takes in at a time: of calls, and of streams."""
    client = connections(server, 1)[0]
    name = a_passport(client)
    request = passport_service_pb2.GetPassportRequest(name=name)
    calls = [client.passports.GetPassport.future(request, timeout=CALL_SECONDS_MAX)
             for _ in range(CALLS_IN_FLIGHT_MAX // 2)]
    refused = sum(call.code() != grpc.StatusCode.OK for call in calls)
    report.expect(not refused, f"{refused} of a burst of calls were refused")
    feeds = []
    for _ in range(STREAMS_MAX):
        try:
            feeds.append(watch(client, timeout=FEED_SECONDS_MAX))
        except grpc.RpcError as error:
            report.fault(f"feed {len(feeds) + 1} of {STREAMS_MAX}: {error.details()}")
            break
    for feed in feeds:
        feed.cancel()
    client.close()


def prepare(client):
    """Something to read, to rank and to tell."""
    client.taxonomies.ImportTaxonomy(demo_world.taxonomy_parts())
    for _, passport, _ in list(demo_world.everybody())[:200]:
        client.passports.CreatePassport(
            passport_service_pb2.CreatePassportRequest(passport=passport))
    return [client.tasks.CreateTask(task_service_pb2.CreateTaskRequest(
        task=demo_world.task(name))).name for name in demo_world.task_names()]


def run():
    asked = read_options(__doc__, calls=2000, callers=8, rounds=4, quiet=2000)
    report = Report("cancels", asked.seed)
    feeds_max = STREAMS_MAX + (HELD if asked.canary else 0)
    with running("--store-megabytes", STORE_MEGABYTES, "--calls-in-flight-max", CALLS_IN_FLIGHT_MAX, "--feeds-max", feeds_max,
                 "--pushes-max", STREAMS_MAX, "--audit-log", "on",
                 "--master-key-file", "{folder}/master.key", "--make-master-key",
                 listen="127.0.0.1:0") as server:
        beside = connections(server, 1)[0]
        tasks = prepare(beside)
        clients = connections(server, asked.callers)
        callers = [Caller(client, number, asked.seed, tasks, report)
                   for number, client in enumerate(clients)]
        bursts(report, server)
        before = regions_of_everybody(beside)
        files, kilobytes = server.open_files_but_tables(), []
        held = watch(beside) if asked.canary else None
        if asked.canary:
            callers[0].created["never-sent"] = "passports/never-sent"
            callers[0].pushed_passports.add("passports/never-pushed")
        for number in range(asked.rounds):
            a_round(report, server, callers, asked.calls // asked.rounds)
            bursts(report, server)
            for caller in callers:
                caller.check(beside)
            kilobytes.append(server.kilobytes_once_settled())
            report.figure(f"kilobytes after round {number + 1}", kilobytes[-1])
        kinds = sum((caller.kinds for caller in callers), collections.Counter())
        codes = sum((caller.codes for caller in callers), collections.Counter())
        for name, count in sorted(kinds.items()) + sorted(codes.items()):
            report.figure(f"calls: {name}", count)
        report.figure("calls", sum(kinds.values()))
        report.figure("broken off", codes["CANCELLED"] + codes["DEADLINE_EXCEEDED"])
        known = [name for caller in callers for name in caller.created.values()]
        report.figure("writes checked", len(known))
        report.expect(len(set(known)) == len(known), "one passport is of two requests")
        if asked.canary:
            a_passport(beside, region=REGION)  # as if a write had been carried out twice
        regions = regions_of_everybody(beside)
        expect_nobody_else(report, [name for name, region in regions.items()
                                    if region == REGION and name not in before], known)
        pushed = sum(region == PUSHED_REGION and name not in before
                     for name, region in regions.items())
        expected = sum(len(caller.pushed) for caller in callers)
        report.expect(pushed <= expected, f"{pushed} passports were pushed, and {expected} are known")
        acknowledged = set().union(*(caller.pushed_passports for caller in callers))
        report.figure("pushed passports checked", len(acknowledged))
        for name in sorted(acknowledged):
            report.expect(regions.get(name) == PUSHED_REGION, f"{name} was pushed, and is not there")
        report.limit_of_cost("kilobytes more in the second half",
                             kilobytes[-1] - kilobytes[len(kilobytes) // 2 - 1],
                             GROWTH_KILOBYTES_MAX + GROWTH_KILOBYTES_A_PASSPORT_MAX * len(known) // 2)
        report.limit("files more, but tables of the store", server.open_files_but_tables() - files, 4)
        if held is not None:
            held.cancel()
        expect_quiet_calls_leave_nothing(report, server, asked.quiet, asked.canary)
        for client in clients:
            client.close()
        beside.close()
        report.expect(server.stop() == 0, "the server did not stop as it should")
    expect_reading_calls_leave_nothing(report, asked.seed, asked.quiet, asked.canary)
    planted = ["are held, of which 1 feeds", "was acknowledged", "was pushed, and is not there",
               "no call is known", QUIET_GROWTH, READING_GROWTH]
    return report.end(planted if asked.canary else [])


main_of(run)
