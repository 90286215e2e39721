"""Calls for which the store writes nothing: whatever memory they leave is a leak.

Reads that are answered and reads that are broken off, feeds of a partner who has nobody, broken off
once they have told everything, and streams of pushes that are given up before their first batch. What
is taken once, such as by the first of a kind, is taken by a round before; then memory may grow by a
few MB, however many calls there are.
"""
from google.protobuf import duration_pb2
from passend.v1 import sync_service_pb2, taxonomy_service_pb2

from running_server import CALL_SECONDS_MAX, connections, side_by_side, waits_for

NOBODYS_PARTNER = "partners/nobody"
CALLS_BEFORE = 2_000
KILOBYTES_MAX = 4_000  # the allocator's own ups and downs; 2 kB a call of 2,000
HELD = 800  # by a canary: 16 MB were seen
QUIET_GROWTH = "kilobytes more by calls that write nothing"


def feed(client):
    """Has told everything, which is nothing."""
    stream = client.sync.Watch(sync_service_pb2.WatchRequest(
        partner=NOBODYS_PARTNER, heartbeat_interval=duration_pb2.Duration(seconds=300)),
        timeout=10 * CALL_SECONDS_MAX)
    next(stream)
    return stream


def one_call(client, number):
    request = taxonomy_service_pb2.ListTaxonomiesRequest()
    kind = number % 4
    if kind == 0:
        client.taxonomies.ListTaxonomies(request, timeout=CALL_SECONDS_MAX)
    elif kind == 1:
        client.taxonomies.ListTaxonomies.future(request, timeout=CALL_SECONDS_MAX).cancel()
    elif kind == 2:
        feed(client).cancel()
    else:
        # What is sent is asked for in a thread; it ends with the call.
        client.sync.Push(iter(()), timeout=CALL_SECONDS_MAX).cancel()


def a_round(server, clients, calls):
    side_by_side(lambda number: one_call(clients[number % len(clients)], number), range(calls))
    waits_for(lambda: server.metrics()["passend_calls_in_flight"] == 0)


def expect_quiet_calls_leave_nothing(report, server, calls, canary):
    clients = connections(server, 4)
    a_round(server, clients, CALLS_BEFORE)
    before = server.kilobytes_once_settled()
    a_round(server, clients, calls)
    report.figure("calls that write nothing", calls)
    held = []
    if canary:
        held = side_by_side(lambda number: feed(clients[number % len(clients)]), range(HELD))
    report.limit_of_cost(QUIET_GROWTH, server.kilobytes_once_settled() - before, KILOBYTES_MAX)
    for stream in held:
        stream.cancel()
    for client in clients:
        client.close()
