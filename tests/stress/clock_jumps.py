"""The system's clock jumps while a server is used: back and ahead by an hour, a day and a year.

    tests/stress/live.sh clock_jumps build/dev/bin/passendd [--rest 0] [--callers 3] [--seed 7] [--canary]

The clock of the server alone is moved (clock/moved_clock.cc), in an order by the seed, and set right
at the end. During each jump and after it callers read, write and send again what was answered, from
before the jump as well; one feed is open all the while, and one is begun anew. Then

  - no call is refused, whether it was under way when the clock was set or comes afterwards: callers
    call all the while, a feed with a deadline of minutes is open, and a stream of pushes that has
    one waits for its next batch. Deadlines are lengths of time, and no time has passed;
  - what is sent again has the answer that it had;
  - versions and the sequences of the feed go on; a change is told with the time of its commit, which
    is what the clock says;
  - feeds have their heartbeats, and are told of changes;
  - the server at rest takes next to no processor time;
  - no duration in the log, and no figure, is below 0, and no sum of figures shrinks;
  - people's keys are copied once a jump at most;
  - all that was acknowledged is there, also after a restart.

--rest    so many seconds with the clock a year ahead, and as many once it was set right: copies of
          keys are looked at once a minute
--canary: a write that was never sent, a feed that is broken off, calls whose deadline does pass, a
duration below 0 and a server that is busy; succeeds only if all are found. A seed repeats the
choices, not the timing.
"""
import contextlib
import json
import mmap
import os
import pathlib
import random
import struct
import sys
import tempfile
import threading
import time

import grpc
from google.protobuf import duration_pb2
from passend.v1 import passport_service_pb2, sync_service_pb2

from families import SKIPPED
from running_server import (CALL_SECONDS_MAX, PARTNER, Report, connections, main_of, read_options,
                            running, waits_for)

OTHER_PARTNER = "partners/zwolle"  # the feeds have nobody of theirs to tell of
HOUR, DAY, YEAR = 3600, 86_400, 365 * 86_400
USE_SECONDS, REST_SECONDS = 0.6, 1.0  # after each jump
BUSY_MAX = 0.1  # of a processor, at rest
ANSWERED_SECONDS_MAX = 5  # others may be busy on the machine; the measurement has the tight one
UNDER_WAY_SECONDS = 300  # the deadline of calls that are open while the clock is set
BEFORE_SECONDS = 0.3  # of calls, until it is
CLOCK_SECONDS_MAX = 2  # between the clocks of a caller and of a commit, one of which is read later


class Clock:
    """Of the server, as many seconds off as is said."""

    def __init__(self, folder, library):
        path = pathlib.Path(folder) / "clock"
        path.write_bytes(bytes(8))
        with open(path, "r+b") as file:
            self.mapped = mmap.mmap(file.fileno(), 8)
        self.environment = {"LD_PRELOAD": str(library), "PASSEND_CLOCK": str(path)}
        self.offset = 0

    def jump_to(self, offset):
        self.offset = offset
        self.mapped[:] = struct.pack("q", offset)

    def now(self):
        return time.time() + self.offset


class Caller:
    """Writes to one person, reads them, and sends everything again."""

    def __init__(self, client, number, seed, report):
        self.client, self.number, self.report = client, number, report
        self.choices = random.Random(f"{seed}/{number}")
        self.sent = []  # requests and their answers
        request = passport_service_pb2.CreatePassportRequest(request_id=f"jumps-{number}-created")
        request.passport.region = "drenthe"
        request.passport.partners.append(PARTNER)
        self.passport = self.send(request)
        self.sent.append((request, self.passport))
        self.calls = 0

    def send(self, request):
        if isinstance(request, passport_service_pb2.CreatePassportRequest):
            return self.client.passports.CreatePassport(request, timeout=CALL_SECONDS_MAX)
        return self.client.passports.UpdatePassport(request, timeout=CALL_SECONDS_MAX)

    def write(self):
        request = passport_service_pb2.UpdatePassportRequest(
            request_id=f"jumps-{self.number}-{len(self.sent):06}")
        request.passport.CopyFrom(self.passport)
        hours = request.passport.wishes.hours
        hours.weekly_hours_min = hours.weekly_hours_max = hours.weekly_hours_max % 59 + 1
        answer = self.send(request)
        self.sent.append((request, answer))
        if int(answer.etag) <= int(self.passport.etag):
            self.report.fault(f"version {answer.etag} comes after {self.passport.etag}")
        self.passport = answer

    def read(self):
        found = self.client.passports.GetPassport(
            passport_service_pb2.GetPassportRequest(name=self.passport.name),
            timeout=CALL_SECONDS_MAX)
        if (found.etag, found.wishes.hours) != (self.passport.etag, self.passport.wishes.hours):
            self.report.fault(f"acknowledged was {self.passport.etag}, and there is {found.etag}")

    def repeat(self):
        request, answer = self.choices.choice(self.sent)
        again = self.send(request)
        if again.name != answer.name:
            self.report.fault(f"{request.request_id} sent again is carried out again")

    def run(self, until):
        try:
            while time.monotonic() < until:
                self.choices.choice([self.read, self.write, self.repeat])()
                self.calls += 1
        except grpc.RpcError as error:
            self.report.fault(f"{error.code().name}: {error.details()}")


class Feed:
    """Is listened to, and remembers what was told when."""

    def __init__(self, client, clock, report, timeout=None):
        self.clock, self.report = clock, report
        self.heard = 0.0  # when something was told last
        self.told = {}  # the last sequence told of each person
        self.sequence, self.complete, self.ended = 0, False, None
        self.stream = client.sync.Watch(sync_service_pb2.WatchRequest(
            partner=PARTNER,
            heartbeat_interval=duration_pb2.Duration(seconds=1)), timeout=timeout)
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        try:
            for answer in self.stream:
                self.heard = time.monotonic()
                self.complete |= answer.snapshot_complete
                if answer.data_sequence:
                    if answer.data_sequence < self.sequence:
                        self.report.fault(f"sequence {answer.data_sequence} after {self.sequence}")
                    self.sequence = answer.data_sequence
                for change in answer.changes:
                    self.told[change.passport_name] = answer
        except grpc.RpcError as error:
            self.ended = f"{error.code().name}: {error.details()}"

    def hears_of(self, caller):
        """A change is told, with the time that the clock has."""
        self.told.pop(caller.passport.name, None)
        caller.write()
        if not waits_for(lambda: caller.passport.name in self.told):
            return False
        answer = self.told[caller.passport.name]
        off = answer.data_time.ToMilliseconds() / 1000 - self.clock.now()
        if answer.data_sequence and abs(off) > CLOCK_SECONDS_MAX:
            self.report.fault(f"a change is told as {off:.0f} s off the clock")
        return True

    def beats(self):
        """Whether something is told, that is not from before."""
        since = time.monotonic()
        return waits_for(lambda: self.heard > since)


class Pushing:
    """A stream that has pushed one batch, and waits with the next."""

    def __init__(self, client, number, timeout):
        self.more = threading.Event()
        self.stream = client.sync.Push(self.batches(number), timeout=timeout)
        next(self.stream)

    def batches(self, number):
        for part in range(2):
            batch = sync_service_pb2.PushRequest(partner=OTHER_PARTNER,
                                                 batch_id=f"jumps-{number:04}-{part}")
            record = batch.records.add(external_id=f"jumps-{number}", revision=f"{part}")
            record.upsert.passport.region = "groningen"
            yield batch
            self.more.wait()

    def ended(self):
        """Why the next batch is not taken; None where it is."""
        self.more.set()
        try:
            next(self.stream)
            return None
        except grpc.RpcError as error:
            return f"{error.code().name}: {error.details()}"
        finally:
            self.stream.cancel()


def jump_meanwhile(report, clock, callers, beside, number, offset, seconds):
    """Sets the clock while callers call and calls with a deadline are open; none may be cut off."""
    client = callers[0].client
    feed = Feed(client, clock, report, timeout=seconds)
    report.expect(waits_for(lambda: feed.complete or feed.ended), "a feed is told nothing")
    pushing = Pushing(client, number, seconds)
    threads = use(callers, 2 * BEFORE_SECONDS)
    time.sleep(BEFORE_SECONDS)
    clock.jump_to(offset)
    lag = seconds_until_answered(report, beside)
    for thread in threads:
        thread.join()
    # Whoever looks for passed deadlines may do so now and then only.
    heard = feed.beats()
    report.expect(heard and feed.ended is None,
                  f"a feed under way was cut off when the clock was set by {offset}: {feed.ended}")
    why = pushing.ended()
    report.expect(why is None,
                  f"a push under way was cut off when the clock was set by {offset}: {why}")
    feed.stream.cancel()
    return lag


def processor_seconds(server):
    words = pathlib.Path(f"/proc/{server.process.pid}/stat").read_text(encoding="ascii").rsplit(")")[1]
    return sum(map(int, words.split()[11:13])) / os.sysconf("SC_CLK_TCK")


def use(callers, seconds):
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=caller.run, args=(until,)) for caller in callers]
    for thread in threads:
        thread.start()
    return threads


def check_figures(report, before, figures):
    for name, value in figures.items():
        report.expect(not value < 0, f"figure {name} is {value}")
        counts = name.partition("{")[0].endswith(("_total", "_sum", "_count", "_bucket"))
        if counts and value < before.get(name, 0):
            report.fault(f"figure {name} shrinks from {before[name]} to {value}")


def check_log(report, server):
    for line in (server.folder / "server.log").read_text(encoding="utf-8").splitlines():
        if line.startswith("{") and json.loads(line).get("micros", 0) < 0:
            report.fault(f"a duration below 0: {line}")


def seconds_until_answered(report, caller):
    """With a deadline, as calls should have one."""
    began = time.monotonic()

    def answered():
        try:
            caller.read()
            return True
        except grpc.RpcError as error:
            return error.code() != grpc.StatusCode.DEADLINE_EXCEEDED
    report.expect(waits_for(answered, ANSWERED_SECONDS_MAX),
                  f"deadlines have passed {ANSWERED_SECONDS_MAX} s after a jump")
    return time.monotonic() - began


def after_a_jump(report, server, callers, feed, canary):
    """The most of a processor that it takes at rest."""
    for thread in use(callers, USE_SECONDS):
        thread.join()
    fresh = Feed(callers[0].client, feed.clock, report)
    report.expect(waits_for(lambda: fresh.complete), f"a new feed is told nothing: {fresh.ended}")
    for which, name in ((feed, "the feed"), (fresh, "a new feed")):
        report.expect(which.hears_of(callers[1]), f"{name} hears of no change: {which.ended}")
        report.expect(which.beats(), f"{name} has no heartbeats: {which.ended}")
    fresh.stream.cancel()
    began = processor_seconds(server)
    threads = use(callers, REST_SECONDS) if canary else []
    time.sleep(REST_SECONDS)
    busy = (processor_seconds(server) - began) / REST_SECONDS
    for thread in threads:
        thread.join()
    report.expect(busy <= BUSY_MAX, f"the server at rest takes {busy:.2f} of a processor")
    return busy


def copies_of_keys(server):
    folder = server.folder / "copies"
    return len(list(folder.iterdir())) if folder.exists() else 0


def run():
    asked = read_options(__doc__, rest=0, callers=3)
    library = pathlib.Path(os.environ["PASSENDD"]).parent / "moved_clock.so"
    if not library.exists():
        print(f"{library.name} is not built")
        sys.exit(SKIPPED)
    report = Report("clock_jumps", asked.seed)
    offsets = [-HOUR, HOUR, -DAY, DAY, -YEAR, YEAR]
    random.Random(asked.seed).shuffle(offsets)
    if asked.canary:
        del offsets[2:]
    with contextlib.ExitStack() as stack:
        clock = Clock(stack.enter_context(tempfile.TemporaryDirectory(prefix="passend.")), library)
        server = stack.enter_context(running(
            "--audit-log", "on", "--master-key-file", "{folder}/master.key", "--make-master-key",
            "--key-backup-folder", "{folder}/copies", "--backup-folder", "{folder}/backups",
            listen="127.0.0.1:0", environment=clock.environment))
        clients = connections(server, asked.callers)
        callers = [Caller(client, number, asked.seed, report)
                   for number, client in enumerate(clients)]
        beside = Caller(clients[0], "beside", asked.seed, report)
        feed = Feed(clients[0], clock, report)
        figures, busiest, lag = {}, 0.0, 0.0
        for number, offset in enumerate([*offsets, 0]):
            plants = asked.canary and offset == 0
            if plants:
                feed.stream.cancel()
            lag = max(lag, jump_meanwhile(report, clock, callers, beside, number, offset,
                                          BEFORE_SECONDS if plants else UNDER_WAY_SECONDS))
            busiest = max(busiest, after_a_jump(report, server, callers, feed, asked.canary))
            before, figures = figures, server.metrics()
            check_figures(report, before, figures)
        if asked.rest:
            clock.jump_to(YEAR)
            time.sleep(asked.rest)
            clock.jump_to(0)
            before = copies_of_keys(server)
            time.sleep(asked.rest)
            report.limit("copies of keys once the clock is right", copies_of_keys(server) - before, 1)
        report.figure("jumps", len(offsets) + 1)
        report.figure("calls", sum(caller.calls for caller in callers))
        report.limit("seconds until calls are answered, at most", lag, ANSWERED_SECONDS_MAX)
        report.figure("of a processor at rest, at most", f"{busiest:.2f}")
        report.limit("copies of keys", copies_of_keys(server), len(offsets) + 2)
        feed.stream.cancel()
        if asked.canary:
            callers[0].passport.etag = str(int(callers[0].passport.etag) + 1)
            with open(server.folder / "server.log", "a", encoding="utf-8") as log:
                log.write('{"micros":-1}\n')
        waits_for(lambda: server.metrics()["passend_calls_in_flight"] == 0)
        check_figures(report, figures, server.metrics())
        report.expect(server.stop() == 0, "the server did not stop as it should")
        check_log(report, server)
        server.start()
        for caller in callers:
            caller.client = connections(server, 1)[0]
            caller.read()
        report.expect(server.stop() == 0, "the server did not stop as it should")
    planted = ["acknowledged was", "a duration below 0", "hears of no change", "at rest takes",
               "a feed under way was cut off", "a push under way was cut off"]
    return report.end(planted if asked.canary else [])


main_of(run)
