"""Many who read, change and write back a few records, and whether that was one after the other.

    tests/stress/live.sh history build/dev/bin/passendd [--operations 2000] [--callers 12]
        [--records 4] [--seed 7] [--canary]

Each caller reads a task or a passport, or writes it back changed with the etag that it knows, fresh
or stale. One write in ten is given so little time that its answer may be lost. At the end each record
is read once more. When each operation began and ended is written down; then history_check.py says
whether each record was a register with compare-and-set.

--canary: the same check of histories with harm done to them, one after the other, and of callers
half of whom leave the etag out, as if the server did not look at it; succeeds only if each is found.
"""
import copy
import random
import threading
import time

import grpc
from passend.v1 import passport_service_pb2, task_pb2, task_service_pb2

import demo_world
import history_check
from history_check import Operation
from running_server import (CALL_SECONDS_MAX, Report, a_passport, connections, main_of,
                            read_options, running)

LOST = {grpc.StatusCode.DEADLINE_EXCEEDED, grpc.StatusCode.CANCELLED,
        grpc.StatusCode.RESOURCE_EXHAUSTED}


class TaskRegister:
    """A task, of which the title changes."""

    def __init__(self, client, task):
        self.name = client.tasks.CreateTask(task_service_pb2.CreateTaskRequest(task=task)).name

    def read(self, client, timeout):
        task = client.tasks.GetTask(task_service_pb2.GetTaskRequest(name=self.name),
                                    timeout=timeout)
        return int(task.etag), task.title

    def write(self, client, etag, value, timeout):
        request = task_service_pb2.UpdateTaskRequest(
            task=task_pb2.Task(name=self.name, etag=etag, title=value))
        request.update_mask.paths.append("title")
        task = client.tasks.UpdateTask(request, timeout=timeout)
        return int(task.etag), task.title

    @staticmethod
    def new_value(caller, number, _):
        return f"task {caller} {number}"


class PassportRegister:
    """A passport, of which the hours change."""

    def __init__(self, client):
        self.name = a_passport(client)

    def read(self, client, timeout):
        passport = client.passports.GetPassport(
            passport_service_pb2.GetPassportRequest(name=self.name), timeout=timeout)
        return int(passport.etag), self.value_of(passport)

    def write(self, client, etag, value, timeout):
        request = passport_service_pb2.UpdatePassportRequest()
        request.passport.name, request.passport.etag = self.name, etag
        hours = request.passport.wishes.hours
        hours.weekly_hours_min, hours.weekly_hours_max = map(int, value.split("-"))
        request.update_mask.paths.append("wishes")
        passport = client.passports.UpdatePassport(request, timeout=timeout)
        return int(passport.etag), self.value_of(passport)

    @staticmethod
    def value_of(passport):
        hours = passport.wishes.hours
        return f"{hours.weekly_hours_min}-{hours.weekly_hours_max}"

    @staticmethod
    def new_value(_, __, choices):
        first, second = sorted((choices.randrange(1, 61), choices.randrange(1, 61)))
        return f"{first}-{second}"


class Caller:
    """One operation after the other."""

    def __init__(self, client, number, seed, records, without_etag):
        self.client, self.number, self.records = client, number, records
        self.choices, self.without_etag = random.Random(f"{seed}/{number}"), without_etag
        self.known, self.done, self.faults = {}, [], []

    def run(self, operations):
        for number in range(operations):
            record = self.choices.choice(self.records)
            if record.name not in self.known or self.choices.random() < 0.4:
                self.read(record)
            else:
                base, old = self.known[record.name]
                value = record.new_value(self.number, number, self.choices)
                if value == old:
                    continue  # would change nothing
                lost = self.choices.random() < 0.1
                timeout = self.choices.uniform(0.0005, 0.01) if lost else CALL_SECONDS_MAX
                self.carry_out(record, Operation("write", record.name, self.number, base=base,
                                                 value=value), timeout)

    def read(self, record):
        self.carry_out(record, Operation("read", record.name, self.number), CALL_SECONDS_MAX)

    def carry_out(self, record, operation, timeout):
        operation.invoked = time.monotonic()
        try:
            if operation.kind == "read":
                operation.version, operation.value = record.read(self.client, timeout)
            else:
                etag = "" if self.without_etag else str(operation.base)
                operation.version, operation.value = record.write(self.client, etag,
                                                                  operation.value, timeout)
            operation.outcome = "done"
            self.known[record.name] = operation.version, operation.value
        except grpc.RpcError as error:
            if error.code() == grpc.StatusCode.ABORTED:
                operation.outcome = "refused"
                del self.known[record.name]
            elif error.code() in LOST:
                operation.outcome = "lost"
            else:
                self.faults.append(f"{operation.kind}: {error.code()} {error.details()}")
                return
        operation.returned = time.monotonic()
        self.done.append(operation)


def history_of(asked, report, without_etag=lambda number: False):
    """All operations, from one run."""
    with running(listen="127.0.0.1:0") as server:
        clients = connections(server, asked.callers)
        client = clients[0]
        client.taxonomies.ImportTaxonomy(demo_world.taxonomy_parts())
        records = [TaskRegister(client, demo_world.task(demo_world.task_names()[i // 2])) if i % 2
                   else PassportRegister(client) for i in range(asked.records)]
        callers = [Caller(one, number, asked.seed, records, without_etag(number))
                   for number, one in enumerate(clients)]
        threads = [threading.Thread(target=caller.run, args=(asked.operations // asked.callers,))
                   for caller in callers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for record in records:
            callers[0].read(record)
        for one in clients:
            one.close()
        report.expect(server.stop() == 0, "the server did not stop as it should")
    for caller in callers:
        for fault in caller.faults:
            report.fault(fault)
    return [operation for caller in callers for operation in caller.done]


def canaries(report, asked, history):
    """How many harmed histories there were, and how many were found."""
    harms = history_check.harms(copy.deepcopy(history), random.Random(asked.seed))
    found = {name: bool(history_check.faults(harmed)) for name, harmed in harms}
    asked.operations = min(asked.operations, 1000)
    unchecked = history_of(asked, report, without_etag=lambda number: number % 2 == 0)
    found["etags that are not looked at"] = bool(history_check.faults(unchecked))
    for name, was_found in found.items():
        report.figure(f"{name}: found", "yes" if was_found else "no")
    return found


def run():
    asked = read_options(__doc__, operations=2000, callers=12, records=4)
    report = Report("history", asked.seed)
    history = history_of(asked, report)
    for outcome in ("done", "refused", "lost"):
        report.figure(f"operations {outcome}", sum(one.outcome == outcome for one in history))
    for fault in history_check.faults(history):
        report.fault(fault)
    report.expect(any(one.outcome == "refused" for one in history), "nobody met anybody")
    if asked.canary:
        found = canaries(report, asked, history)
        report.faults += [] if all(found.values()) and not report.faults else ["not all was found"]
        report.faults = [] if report.faults else ["all canaries"]
    return report.end(["all canaries"] if asked.canary else [])


main_of(run)
