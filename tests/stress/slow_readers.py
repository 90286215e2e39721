"""Readers of the feed that read nothing while there is much to tell, and quick ones beside them.

    tests/stress/live.sh slow_readers build/dev/bin/passendd [--readers 100] [--people 3000] [--seed 7]
        [--canary]

Each slow reader asks for everybody and takes nothing off the line. What the server holds for each is
bounded by one answer and what is on its way; calls and a quick reader beside them are answered as
before. Then half of the slow ones, chosen at random, read on, and come to everybody; the others go away
and leave nothing.

--canary: nobody is slow who is asked, and beside each are so many who are, as if each took their memory;
succeeds only if both are found.
"""
import random

from google.protobuf import duration_pb2
from passend.v1 import passport_service_pb2, sync_pb2, sync_service_pb2

from running_server import (CALL_SECONDS_MAX, PARTNER, Report, a_passport, connections, main_of,
                            median_and_longest, read_options, running, side_by_side, timed,
                            waits_for, watch)

KILOBYTES_A_READER_MAX = 600  # an answer of 256 KiB, once more as it is sent, and the call
MORE = 32  # by a canary, beside each: 23 KB of each of these were seen
UNARY_MILLIS_MAX = 1_000  # the longest of a hundred; others may be busy on the machine
# A client takes off the line what its window has room for, whether anybody reads it or not: 64 KB,
# where it does not find out that the line is a good one.
NARROW = ("grpc.http2.bdp_probe", 0)


def push_people(client, count):
    def batches():
        for first in range(0, count, 500):
            batch = sync_service_pb2.PushRequest(partner=PARTNER, batch_id=f"batch-{first:08}")
            for number in range(first, min(count, first + 500)):
                record = batch.records.add(external_id=f"p-{number}", revision="1")
                record.upsert.passport.region = "groningen"
                record.upsert.passport.wishes.hours.weekly_hours_min = 1 + number % 40
                record.upsert.passport.wishes.hours.weekly_hours_max = 1 + number % 40
            yield batch
    for answer in client.sync.Push(batches()):
        assert all(result.outcome == sync_pb2.PUSH_OUTCOME_ACCEPTED for result in answer.results)


def begin(client):
    """A feed of which nothing is read."""
    return client.sync.Watch(sync_service_pb2.WatchRequest(
        partner=PARTNER, heartbeat_interval=duration_pb2.Duration(seconds=300)))


def regions_of(stream):
    """Everybody, with the region that was told first of each."""
    people = {}
    for answer in stream:
        for told in answer.changes:
            people.setdefault(told.passport_name, told.passport.region)
        if answer.snapshot_complete:
            break
    return people


def move(client, name):
    request = passport_service_pb2.UpdatePassportRequest()
    request.passport.name, request.passport.region = name, "friesland"
    request.update_mask.paths.append("region")
    client.passports.UpdatePassport(request, timeout=CALL_SECONDS_MAX)


def unary_calls(client, name, count=100):
    request = passport_service_pb2.GetPassportRequest(name=name)
    return [timed(lambda: client.passports.GetPassport(request, timeout=CALL_SECONDS_MAX))[0]
            for _ in range(count)]


def run():
    asked = read_options(__doc__, readers=100, people=3000)
    report = Report("slow_readers", asked.seed)
    with running(listen="127.0.0.1:0") as server:
        beside = connections(server, 1)[0]
        name = a_passport(beside)
        push_people(beside, asked.people)
        clients = connections(server, 10, NARROW)
        for client in clients:
            watch(client).cancel()
        before = server.kilobytes_once_settled(seconds_min=14)
        slow = [begin(clients[i % len(clients)]) for i in range(asked.readers)]
        told = side_by_side(regions_of, slow) if asked.canary else None
        more = [begin(clients[i % len(clients)])
                for i in range(MORE * asked.readers if asked.canary else 0)]
        waits_for(lambda: server.metrics()["passend_feed_readers"] == asked.readers + len(more))
        report.limit_of_cost("kilobytes a slow reader",
                             (server.kilobytes_once_settled() - before) / asked.readers,
                             KILOBYTES_A_READER_MAX)
        for stream in more:
            stream.cancel()
        median, longest = median_and_longest(unary_calls(beside, name))
        report.limit_of_cost("a call beside them, median ms", median, 100)
        report.limit_of_cost("a call beside them, longest ms", longest, UNARY_MILLIS_MAX)
        took, everybody = timed(lambda: regions_of(begin(beside)))
        report.figure("a quick reader has everybody after, s", took)
        report.expect(len(everybody) == asked.people + 1, f"a quick one has {len(everybody)} people")

        # Whoever waits in the middle hears of the last one as they are once it reads on.
        last = max(everybody)
        move(beside, last)
        half = len(slow) // 2
        random.Random(asked.seed).shuffle(slow)
        for stream in slow[half:]:
            stream.cancel()
        told = told or side_by_side(regions_of, slow[:half])
        report.expect(all(len(people) == len(everybody) for people in told),
                      "slow readers do not come to everybody")
        waited = sum(people[last] == "friesland" for people in told)
        report.figure("slow readers that the server waited for", waited)
        report.expect(waited == len(told), "somebody was told everything who read nothing")
        for stream in slow[:half]:
            stream.cancel()
        gone = waits_for(lambda: server.metrics()["passend_calls_in_flight"] == 0)
        report.expect(gone, "feeds are held after their readers went away")
        left = server.kilobytes_once_settled(seconds_min=14) - before
        report.limit_of_cost("kilobytes left a reader", left / asked.readers, 100)
        report.expect(server.stop() == 0, "the server did not stop as it should")
    return report.end(["told everything who read nothing", "kilobytes a slow reader: "] if asked.canary else [])


main_of(run)
