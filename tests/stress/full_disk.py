"""A server whose disk is full, and has room again; and one that is killed while it is full.

    tests/stress/live.sh full_disk build/dev/bin/passendd [--rounds 4] [--callers 3] [--seed 7] [--canary]

The data is on a small file system of its own, in memory, which takes a mount: where that is not
permitted the family is skipped. Callers create passports and record validations, each call with a
request id, and keep a ledger. In each round the disk is filled up to a little room. Then

  - each caller is refused with RESOURCE_EXHAUSTED and nothing else;
  - reads go on, and give what was acknowledged;
  - every other round the server is killed (SIGKILL) while callers insist, and started on the full
    disk: it serves reads, or says that it cannot start;
  - once there is room again, writes are taken within a bounded time, by themselves;
  - what was acknowledged is there, and what was refused and sent again is there once:
    there are no passports but those of the ledgers.

--canary: one ledger has a call that was never sent, there is a passport that no ledger has, and in the
last round the disk is left with room; succeeds only if all are found. A seed repeats the choices, not
the timing.
"""
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time

import grpc
from passend.v1 import passport_service_pb2, validation_service_pb2

import demo_world
from families import SKIPPED
from running_server import (CALL_SECONDS_MAX, Report, a_passport, connections, expect_nobody_else,
                            main_of, read_options, regions_of_everybody, running, timed, waits_for)

DISK_MEGABYTES = 160
ROOM_MAX = 3 << 20  # bytes that a filled disk has left, at most
VALIDATIONS_A_CALL = 40  # some 20 KB
CALLS_A_PERSON = 10
SKILL = "taxonomies/demo/concepts/make-soup"
FULL_SECONDS_MAX = 60  # until everybody is refused
ROOM_SECONDS_MAX = 60  # until everybody is served again


class Disk:
    """A file system of its own, for as long as the process lives."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="passend-disk."))
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_MEGABYTES}m", "passend",
                        self.folder], check=True)
        self.filler = self.folder / "filler"

    def fill(self, room):
        left = os.statvfs(self.folder)
        with open(self.filler, "wb") as to:
            os.posix_fallocate(to.fileno(), 0, max(1, left.f_bavail * left.f_frsize - room))

    def give_room(self):
        self.filler.unlink(missing_ok=True)

    def remove(self):
        subprocess.run(["umount", "--lazy", self.folder], check=True)
        self.folder.rmdir()


class Caller:
    """Writes until it is refused, or the server is gone, and remembers."""

    def __init__(self, number, report):
        self.number, self.report = number, report
        self.validations = {}  # of each passport that was acknowledged
        self.sent, self.acknowledged = 0, 0
        self.pending = None  # the call that got no answer, or a refusal
        self.refused = False

    def next_call(self):
        """The passport, or None for a new one, and the request id."""
        self.sent += 1
        newest = max(self.validations.items(), key=lambda pair: pair[1][0], default=(None, (0, 0)))
        name = newest[0] if newest[0] and newest[1][1] < CALLS_A_PERSON else None
        return name, f"full-{self.number}-{self.sent}"

    def send(self, client, call):
        name, request_id = call
        if name is None:
            request = passport_service_pb2.CreatePassportRequest(request_id=request_id)
            request.passport.region = "groningen"
            made = client.passports.CreatePassport(request, timeout=CALL_SECONDS_MAX).name
            self.validations[made] = (self.sent, 0)
            return
        request = validation_service_pb2.RecordValidationsRequest(parent=name, request_id=request_id)
        for number in range(VALIDATIONS_A_CALL):
            request.validations.add(
                skill=SKILL, level=3, method="VALIDATION_METHOD_OBSERVED",
                validator="coaches/step-up", place="kitchen",
                evidence_uri=f"https://example.org/{request_id}/{number}/" + "x" * 420)
        client.validations.RecordValidations(request, timeout=CALL_SECONDS_MAX)
        order, calls = self.validations[name]
        self.validations[name] = (order, calls + 1)

    def run(self, client, until, insists=False):
        """Until it is refused; who insists tries again at once, until there is no server."""
        self.refused = False
        while time.monotonic() < until:
            self.pending = self.pending or self.next_call()
            try:
                self.send(client, self.pending)
            except grpc.RpcError as error:
                self.refused = error.code() == grpc.StatusCode.RESOURCE_EXHAUSTED
                if not self.refused and error.code() != grpc.StatusCode.UNAVAILABLE:
                    self.report.fault(f"{error.code().name}: {error.details()}")
                if self.refused and insists:
                    continue
                return
            self.pending = None
            self.acknowledged += 1

    def is_served(self, client):
        """The refused call is sent again."""
        self.run(client, time.monotonic() + 0.2)
        return self.pending is None

    def differences(self, client):
        for name, (_, calls) in self.validations.items():
            try:
                passport = client.passports.GetPassport(
                    passport_service_pb2.GetPassportRequest(name=name), timeout=CALL_SECONDS_MAX)
            except grpc.RpcError as error:
                yield f"{name} was acknowledged, and reading it says {error.code().name}: {error.details()}"
                continue
            there = sum(len(skill.validations) for skill in passport.skills)
            may_be = [calls, calls + 1] if self.pending and self.pending[0] == name else [calls]
            if there not in [VALIDATIONS_A_CALL * count for count in may_be]:
                yield f"{name} has {there} validations, acknowledged were {VALIDATIONS_A_CALL * calls}"


def all_write(callers, client, seconds, insist=False, meanwhile=lambda: None):
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=caller.run, args=(client, until, insist))
               for caller in callers]
    for thread in threads:
        thread.start()
    meanwhile()
    for thread in threads:
        thread.join()


def kill_in(server, seconds):
    time.sleep(seconds)
    server.crash()


def check(report, callers, client, when):
    for caller in callers:
        for what in caller.differences(client):
            report.fault(f"{when}: {what}")


def start_on_full_disk(report, server):
    """Whether it serves; it may say that it cannot, but not hang or crash."""
    try:
        server.start()
        return True
    except RuntimeError:
        code = server.process.poll()
        report.expect(code is not None, "a start on a full disk neither serves nor ends")
        if code is None:
            server.crash()
        report.expect(code is None or code >= 0, f"a start on a full disk ended by signal {code}")
        return False


def a_round(report, server, disk, callers, number, room, kill_after):
    """How long it took until writes were taken again."""
    beside = connections(server, 1)[0]
    if room is not None:
        disk.fill(room)
    all_write(callers, beside, FULL_SECONDS_MAX if room is not None else 1)
    refused = sum(caller.refused for caller in callers)
    report.expect(refused == len(callers), f"round {number}: {refused} of {len(callers)} callers were "
                                           "told that the disk is full")
    check(report, callers, beside, "on the full disk")
    page, found = timed(lambda: beside.passports.ListPassports(
        passport_service_pb2.ListPassportsRequest(page_size=20), timeout=CALL_SECONDS_MAX))
    report.expect(hasattr(found, "passports"), f"a list on the full disk: {found}, {page:.1f} s")
    kills = number % 2 == 1
    if kills:
        all_write(callers, beside, FULL_SECONDS_MAX, insist=True,
                  meanwhile=lambda: kill_in(server, kill_after))
        served = start_on_full_disk(report, server)
        report.figure(f"round {number}: a start on the full disk serves", int(served))
        if served:
            beside.close()
            beside = connections(server, 1)[0]
            check(report, callers, beside, "started on the full disk")
    disk.give_room()
    if kills and not served:
        server.start()
        beside.close()
        beside = connections(server, 1)[0]
    started = time.monotonic()
    served = waits_for(lambda: all([caller.is_served(beside) for caller in callers]),
                       ROOM_SECONDS_MAX)
    report.expect(served, f"round {number}: writes are refused for {ROOM_SECONDS_MAX} s after there is room")
    seconds = time.monotonic() - started
    report.figure(f"round {number}: seconds until writes are taken", seconds)
    check(report, callers, beside, "with room again")
    beside.close()
    return seconds


def run():
    asked = read_options(__doc__, rounds=4, callers=3)
    report = Report("full_disk", asked.seed)
    choices = random.Random(asked.seed)
    disk = Disk()
    try:
        with running("--store-megabytes", 32, listen="127.0.0.1:0",
                     data=disk.folder / "data") as server:
            client = connections(server, 1)[0]
            client.taxonomies.ImportTaxonomy(demo_world.taxonomy_parts())
            callers = [Caller(number, report) for number in range(asked.callers)]
            longest = 0
            for number in range(asked.rounds):
                room = choices.randrange(ROOM_MAX)
                if asked.canary and number + 1 == asked.rounds:
                    room = None
                    # It was started anew since, at another address.
                    callers[0].validations[a_passport(connections(server, 1)[0])] = (0, 1)
                longest = max(longest, a_round(report, server, disk, callers, number, room,
                                               choices.uniform(0, 0.5)))
            client = connections(server, 1)[0]
            if asked.canary:
                a_passport(client)  # as if a write had been carried out twice
            expect_nobody_else(report, regions_of_everybody(client),
                               [name for caller in callers for name in caller.validations])
            report.figure("seconds until writes are taken, longest", longest)
            report.figure("rounds", asked.rounds)
            report.figure("acknowledged", sum(caller.acknowledged for caller in callers))
            report.expect(server.stop() == 0, "the server did not stop as it should")
    finally:
        disk.remove()
    planted = [f" 0 of {asked.callers} callers were told", "acknowledged were", "no call is known"]
    return report.end(planted if asked.canary else [])


def in_own_mounts():
    """Goes on in a namespace of its own, so that the mount is nobody else's; skips without one."""
    for flags in (["--mount"], ["--mount", "--map-root-user"]):
        tried = subprocess.run(["unshare", *flags, "mount", "-t", "tmpfs", "passend", "/mnt"],
                               capture_output=True, check=False)
        if tried.returncode == 0:
            os.execv(shutil.which("unshare"),
                     ["unshare", *flags, sys.executable, *sys.argv, IN_OWN_MOUNTS])
    print("a disk of its own cannot be mounted here")
    sys.exit(SKIPPED)


IN_OWN_MOUNTS = "--in-own-mounts"
if IN_OWN_MOUNTS not in sys.argv:
    in_own_mounts()
sys.argv.remove(IN_OWN_MOUNTS)
main_of(run)
