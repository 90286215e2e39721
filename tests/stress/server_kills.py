"""Kills a server that is being written to, again and again, and looks at what is left.

    tests/stress/server_kills.sh build/dev/bin/passendd [--kills 20] [--seed 7] [--people 0] [--canary]

Several callers create, change and erase passports and record validations, each call with a request
id. Each keeps a ledger of what the server has acknowledged and of the call that is on its way. After
a random while the server gets SIGKILL and is started again over the same data; one start in ten gets
SIGKILL too before it serves, and there is another. Then

  lost      what was acknowledged is there as it was acknowledged, or as the call on its way has it
  doubled   the call on its way, sent again with its id, is carried out once
  returned  who was erased is not there
  torn      nothing is there in part: of a passport its fields and its validations
  refused   no call that is right is refused, before a kill or after it
  crashed   the server ends by that signal and by nothing else

--people: so many more passports are in the store, for how long a start takes.
--canary: each caller puts calls into its ledger that it never sends, and before the last kill the
server aborts; succeeds only if both are found, and nothing else.
A seed repeats the choices, not the timing: callers are threads, and a kill comes when it comes.
Prints figures, `name: value`. Exit code 1 where something is wrong, nothing was acknowledged, or of
twenty kills and more none met a start half way.
"""
import argparse
import random
import signal
import sys
import threading
import time

import grpc
from passend.v1 import (passport_pb2, passport_service_pb2, sync_pb2, sync_service_pb2,
                        validation_service_pb2)

import demo_world
from own_server import OwnServer, ServerEnded
from passend_client import Client
from running_server import regions_of_everybody

CALLERS = 4
SKILL = "taxonomies/demo/concepts/make-soup"
CALL_SECONDS_MAX = 30
STARTS_KILLED_FROM = 20  # kills; of fewer, a start may by chance be too quick


class Person:
    """What was acknowledged of somebody."""

    def __init__(self, name):
        self.name, self.hours, self.validations, self.erased = name, 0, 0, False


class Caller:
    """Sends one call after the other until the server dies, and remembers."""

    def __init__(self, number, seed, canary):
        self.number, self.canary = number, canary
        self.choices = random.Random(f"{seed}/{number}")
        self.people, self.touched = {}, set()
        self.on_its_way = None
        self.refused = []
        self.calls = self.acknowledged = 0

    def run(self, client):
        self.touched = set()
        try:
            while True:
                self.on_its_way = self.next_call()
                if self.canary and self.on_its_way[1] and self.choices.random() < 0.02:
                    self.take(self.on_its_way, self.on_its_way[1].name)
                    continue
                self.take(self.on_its_way, self.send(client, self.on_its_way))
                self.acknowledged += 1
        except grpc.RpcError as error:
            if error.code() not in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.CANCELLED):
                self.refused.append(f"{self.on_its_way[0]}: {error.code()} {error.details()}")

    def next_call(self):
        """What is done, to whom, with which value, under which id."""
        self.calls += 1
        living = [person for person in self.people.values() if not person.erased]
        what = self.choices.choice(["create", "change", "change", "record", "record", "erase"])
        if len(living) < 5:
            what = "create"
        person = None if what == "create" else self.choices.choice(living)
        return what, person, self.choices.randrange(1, 36), f"caller-{self.number}-{self.calls}"

    @staticmethod
    def send(client, call):
        what, person, hours, request_id = call
        options = {"timeout": CALL_SECONDS_MAX}
        passport = passport_pb2.Passport(name=person.name if person else "", region="drenthe")
        passport.wishes.hours.weekly_hours_min = passport.wishes.hours.weekly_hours_max = hours
        if what == "create":
            request = passport_service_pb2.CreatePassportRequest(passport=passport,
                                                                 request_id=request_id)
            return client.passports.CreatePassport(request, **options).name
        if what == "change":
            request = passport_service_pb2.UpdatePassportRequest(passport=passport,
                                                                 request_id=request_id)
            client.passports.UpdatePassport(request, **options)
        elif what == "record":
            request = validation_service_pb2.RecordValidationsRequest(parent=person.name,
                                                                      request_id=request_id)
            request.validations.add(skill=SKILL, level=1 + hours % 5, method="VALIDATION_METHOD_OBSERVED",
                                    validator="coaches/step-up", place="kitchen")
            client.validations.RecordValidations(request, **options)
        else:
            request = passport_service_pb2.ErasePassportRequest(name=person.name,
                                                                request_id=request_id)
            client.passports.ErasePassport(request, **options)
        return person.name

    def take(self, call, name):
        """Into the ledger: the call was acknowledged."""
        what, person, hours, _ = call
        if what == "create":
            person = self.people[name] = Person(name)
        self.touched.add(name)
        if what in ("create", "change"):
            person.hours = hours
        elif what == "record":
            person.validations += 1
        else:
            person.erased = True

    def differences(self, client, names):
        """What the server has otherwise than the ledger, apart from the call on its way."""
        for name in sorted(names):
            person = self.people[name]
            found = look_up(client, name)
            known = None if person.erased else (person.hours, person.validations)
            if found == known or found in self.outcomes_on_the_way(person):
                continue
            if known is None:
                yield "returned", f"{name} was erased and is there"
            elif found is None:
                yield "lost", f"{name} is not there"
            else:
                yield ("torn" if found[0] != known[0] and found[1] != known[1] else "lost",
                       f"{name} has {found}, acknowledged was {known}")

    def outcomes_on_the_way(self, person):
        if self.on_its_way is None or self.on_its_way[1] is not person:
            return []
        what, _, hours, _ = self.on_its_way
        return {"change": [(hours, person.validations)],
                "record": [(person.hours, person.validations + 1)], "erase": [None]}[what]

    def finish(self, client):
        """The call on its way is sent again, as whoever got no answer does."""
        try:
            self.take(self.on_its_way, self.send(client, self.on_its_way))
        except grpc.RpcError as error:
            # Of an erasure that was carried out the repeat finds nobody, and need not be told.
            if self.on_its_way[0] != "erase" or error.code() != grpc.StatusCode.NOT_FOUND:
                raise
            self.take(self.on_its_way, self.on_its_way[1].name)
        self.on_its_way = None  # what is found from now on is acknowledged


def look_up(client, name):
    """Hours and validations of a passport; None where it is not there."""
    try:
        passport = client.passports.GetPassport(
            passport_service_pb2.GetPassportRequest(name=name), timeout=CALL_SECONDS_MAX)
    except grpc.RpcError as error:
        if error.code() == grpc.StatusCode.NOT_FOUND:
            return None
        raise
    return (passport.wishes.hours.weekly_hours_min,
            sum(len(skill.validations) for skill in passport.skills))


def push_people(client, count):
    """So many passports more, by a partner."""
    def batches():
        for first in range(0, count, 500):
            batch = sync_service_pb2.PushRequest(partner="partners/delft",
                                                 batch_id=f"batch-{first:08}")
            for number in range(first, min(count, first + 500)):
                record = batch.records.add(external_id=f"p-{number}", revision="1")
                record.upsert.passport.region = "groningen"
                hours = record.upsert.passport.wishes.hours
                hours.weekly_hours_min, hours.weekly_hours_max = 12, 24
            yield batch
    for answer in client.sync.Push(batches()):
        for result in answer.results:
            assert result.outcome == sync_pb2.PUSH_OUTCOME_ACCEPTED, result


def kill_after(seconds, server, callers, aborts):
    """Everybody calls for a while, and then there is no server any more. What is wrong, or None."""
    client = Client(server.address)
    threads = [threading.Thread(target=caller.run, args=(client,)) for caller in callers]
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    if aborts:
        server.process.send_signal(signal.SIGABRT)
        server.process.wait()
    wrong = None
    try:
        server.crash()
    except ServerEnded as ended:
        wrong = str(ended)
    for thread in threads:
        thread.join()
    client.close()
    return wrong


def kill_a_start(server, seconds):
    """Whether it had not come to serve yet. A start that ends by itself raises."""
    server.spawn()
    time.sleep(seconds)
    half_way = not server.is_ready()
    server.crash()
    return half_way


def run(asked):
    choices = random.Random(asked.seed)
    found = {"lost": [], "torn": [], "returned": [], "doubled": [], "refused": [],
             "crashed": []}
    starts, starts_killed = [], 0
    server = OwnServer("--master-key-file", "{folder}/master.key", "--make-master-key",
                       "--audit-log", "on")
    try:
        client = Client(server.address)
        client.taxonomies.ImportTaxonomy(demo_world.taxonomy_parts())
        push_people(client, asked.people)
        client.close()
        callers = [Caller(number, asked.seed, asked.canary) for number in range(CALLERS)]
        half_way = set(choices.sample(range(asked.kills), max(1, asked.kills // 10)))
        for kill in range(asked.kills):
            last = kill + 1 == asked.kills
            crashed = kill_after(choices.uniform(0.02, 0.5), server, callers, asked.canary and last)
            if crashed:
                found["crashed"].append(crashed)
            if kill in half_way:
                try:
                    starts_killed += kill_a_start(
                        server, choices.uniform(0, 0.8 * min(starts, default=0.1)))
                except ServerEnded as ended:
                    found["crashed"].append(str(ended))
            started = time.monotonic()
            server.start()
            starts.append(time.monotonic() - started)
            client = Client(server.address)
            for caller in callers:
                for kind, what in caller.differences(client, caller.people if last else caller.touched):
                    found[kind].append(what)
                caller.finish(client)
            client.close()
        client = Client(server.address)
        there = len(regions_of_everybody(client))
        living = sum(not person.erased for caller in callers for person in caller.people.values())
        if there != living + asked.people:
            found["doubled"].append(f"{there} passports are there, {living + asked.people} known")
        for caller in callers:
            for kind, what in caller.differences(client, caller.people):
                found["doubled" if kind == "lost" else kind].append(what)
            found["refused"] += caller.refused
        client.close()
        exit_code = server.stop()
    finally:
        server.remove()
    return callers, found, sorted(starts), starts_killed, exit_code


def at_least_one(text):
    if (number := int(text)) < 1:
        raise ValueError
    return number


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--kills", type=at_least_one, default=20)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--people", type=int, default=0)
    parser.add_argument("--canary", action="store_true")
    asked = parser.parse_args()
    callers, found, starts, starts_killed, exit_code = run(asked)
    print(f"seed: {asked.seed}")
    print(f"kills: {len(starts)}")
    print(f"starts killed: {starts_killed}")
    acknowledged = sum(caller.acknowledged for caller in callers)
    print(f"acknowledged: {acknowledged}")
    for kind, whats in found.items():
        for what in whats[:5]:
            print(f"  {kind}: {what}")
        print(f"{kind}: {len(whats)}")
    print(f"start, median seconds: {starts[len(starts) // 2]:.2f}")
    print(f"start, longest seconds: {starts[-1]:.2f}")
    print(f"exit code of the last stop: {exit_code}")
    if asked.canary:
        ledger = found["lost"] + found["torn"] + found["returned"]
        return int(not ledger or len(found["crashed"]) != 1 or bool(found["refused"]) or exit_code != 0)
    too_late = asked.kills >= STARTS_KILLED_FROM and starts_killed == 0
    return int(any(found.values()) or exit_code != 0 or acknowledged == 0 or too_late)


if __name__ == "__main__":
    sys.exit(main())
