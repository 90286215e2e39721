"""Holds thousands of idle streams open against one server, as an edge on some dozens of connections.

    tests/stress/live.sh idle_streams build/dev/bin/passendd [--streams 1000] [--pushes 300]
        [--connections 40] [--seed 7] [--canary]

Feeds (Watch) that have told everything wait for news; streams of pushes wait for their next batch
after one was answered. What the server holds then, beyond what it held with the connections alone,
is divided by the streams. While they are open, others are answered, and one change reaches all
feeds. At the end all are closed, one half by the caller and the other by connections that break, and
memory, files and places are as before.

--canary: beside each feed and each stream of pushes there are two more, as if it took three times its
memory, and one stream in a hundred is never closed; succeeds only if all of that is found.
"""
import random
import threading

from passend.v1 import passport_service_pb2, sync_service_pb2

from running_server import (CALL_SECONDS_MAX, PARTNER, Report, a_passport, connections, main_of,
                            median_and_longest, read_options, running, side_by_side, timed,
                            waits_for, watch)

KILOBYTES_A_STREAM_MAX = 25
KILOBYTES_ONCE = 4_000  # what the allocator may take for itself meanwhile, however many there are
KILOBYTES_LEFT_MAX = 8  # what was written meanwhile is in the store's memory
UNARY_MILLIS_MAX = 1_000  # the longest of a hundred; others may be busy on the machine
CHANGE_SECONDS_MAX = 60  # of 10,000: each is a commit, which says who was told of whom
# Of another partner, so that the feeds have nobody to tell: what lines of the log take in the store
# is no stream's.
OTHER_PARTNER = "partners/zwolle"
PEOPLE = 20
WARM_STREAMS = 32
MORE = 2  # by a canary, beside each


class PushStream:
    """Has pushed one batch, and waits."""

    def __init__(self, client, number):
        self.more = threading.Event()
        self.stream = client.sync.Push(self.batches(number))
        assert next(self.stream).results[0].passport.startswith("passports/")

    def batches(self, number):
        batch = sync_service_pb2.PushRequest(partner=OTHER_PARTNER, batch_id=f"batch-{number:08}")
        record = batch.records.add(external_id=f"p-{number % PEOPLE}", revision="1")
        record.upsert.passport.region = "groningen"
        yield batch
        self.more.wait()

    def cancel(self):
        self.stream.cancel()
        self.more.set()


def unary_calls(client, name, count=100):
    """How long each of so many calls took, the longest last."""
    request = passport_service_pb2.GetPassportRequest(name=name)
    return [timed(lambda: client.passports.GetPassport(request, timeout=CALL_SECONDS_MAX))[0]
            for _ in range(count)]


def hears_of(stream, name):
    return any(told.passport_name == name for answer in stream for told in answer.changes)


def everybody_hears_of(name, feeds):
    return side_by_side(lambda feed: hears_of(feed, name), feeds)


def run():
    asked = read_options(__doc__, streams=1000, pushes=300, connections=40)
    report = Report("idle_streams", asked.seed)
    choices = random.Random(asked.seed)
    more = MORE if asked.canary else 0
    with running("--feeds-max", (1 + more) * asked.streams + 100,
                 "--pushes-max", (1 + more) * asked.pushes + 100,
                 "--audit-log", "on", listen="127.0.0.1:0") as server:
        # What is taken once, such as by the first stream of a kind, is no stream's.
        beside = connections(server, 1)[0]
        names = [a_passport(beside, partner=OTHER_PARTNER) for _ in range(PEOPLE)]
        unary_calls(beside, names[0])
        warm = side_by_side(lambda i: PushStream(beside, i), range(WARM_STREAMS))
        warm += side_by_side(lambda _: watch(beside), range(WARM_STREAMS))
        for stream in warm:
            stream.cancel()
        clients = connections(server, asked.connections)
        for client in clients:
            unary_calls(client, names[0], 5)
            watch(client).cancel()
        waits_for(lambda: server.metrics()["passend_calls_in_flight"] == 0)
        files, threads = server.open_files(), server.threads()
        before = server.kilobytes_once_settled()
        alone = median_and_longest(unary_calls(beside, names[0]))

        feeds = side_by_side(lambda i: watch(clients[i % len(clients)]), range(asked.streams))
        beside_each = side_by_side(lambda i: watch(clients[i % len(clients)]),
                                   range(more * asked.streams))
        held = server.kilobytes_once_settled()
        report.figure("feeds", int(server.metrics()["passend_feed_readers"]))
        report.limit_of_cost("kilobytes a feed", (held - before) / asked.streams,
                             KILOBYTES_A_STREAM_MAX + KILOBYTES_ONCE / asked.streams)
        pushes = side_by_side(lambda i: PushStream(clients[i % len(clients)], WARM_STREAMS + i),
                              range(asked.pushes))
        beside_each += side_by_side(
            lambda i: PushStream(clients[i % len(clients)], WARM_STREAMS + asked.pushes + i),
            range(more * asked.pushes))
        in_flight = server.metrics()["passend_calls_in_flight"]
        report.expect(in_flight == asked.streams + asked.pushes,
                      f"{in_flight} streams are open, {asked.streams + asked.pushes} are held")
        report.limit_of_cost("kilobytes a push stream",
                             (server.kilobytes_once_settled() - held) / asked.pushes,
                             KILOBYTES_A_STREAM_MAX + KILOBYTES_ONCE / asked.pushes)
        for stream in beside_each:
            stream.cancel()
        beside_them = median_and_longest(unary_calls(beside, names[0]))
        report.figure("a call alone, ms", alone[0])
        report.limit_of_cost("a call beside them, median ms", beside_them[0], max(10.0, 5 * alone[0]))
        report.limit_of_cost("a call beside them, longest ms", beside_them[1], UNARY_MILLIS_MAX)
        report.limit("threads beyond those before", server.threads() - threads, 4)

        # One change wakes all of them; each is told, and none is told late.
        took, heard = timed(lambda: everybody_hears_of(a_passport(beside), feeds))
        report.expect(all(heard), f"{heard.count(False)} feeds did not hear of a change")
        report.limit_of_cost("seconds until all have heard of a change", took, CHANGE_SECONDS_MAX)

        choices.shuffle(feeds)
        streams = feeds[:len(feeds) // 2] + pushes  # the others break with their connections
        if asked.canary:
            streams = [stream for number, stream in enumerate(feeds + pushes) if number % 100]
        for stream in streams:
            stream.cancel()
        if not asked.canary:
            for client in clients:
                client.close()
        gone = waits_for(lambda: server.metrics()["passend_calls_in_flight"] == 0, 30)
        report.expect(gone, f"{server.metrics()['passend_calls_in_flight']:.0f} streams are held")
        files -= 0 if asked.canary else asked.connections
        waits_for(lambda: server.open_files() <= files, 5)
        report.limit("files beyond those before", server.open_files() - files, 2)
        after = server.kilobytes_once_settled(seconds_min=14)
        report.limit_of_cost("kilobytes beyond those before, a stream",
                             (after - before) / (asked.streams + asked.pushes), KILOBYTES_LEFT_MAX)
        report.expect(server.stop() == 0, "the server did not stop as it should")
    return report.end([" streams are held", "kilobytes a feed: ", "kilobytes a push stream: "] if asked.canary else [])


main_of(run)
