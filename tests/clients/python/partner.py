"""A partner system that keeps in step with Passend, over any line: to copy from.

Three habits are all that it takes:

1. What is to be pushed waits in an outbox, in batches that got their `batch_id` when they were put
   together. A batch leaves the outbox when its answer is there, and not before. After a break, all
   that has no answer is sent again: under the same id it is carried out once.
2. What the feed tells is written down together with its cursor. After a break the feed goes on from
   there; what it then tells again does no harm, because it tells how things are, not what to add.
3. Now and then both sides compare everything with one digest (reconcile), and look for what differs
   only where something does.

A real system keeps the outbox and the model in its database. Each stream has a deadline, so that a
line that is dead without having said so is noticed.
"""
import collections
import hashlib
import hmac
import itertools
import time
import uuid

import grpc
from google.protobuf import duration_pb2
from passend.v1 import sync_pb2, sync_service_pb2

from passend_client import Refusal

BATCHES_A_STREAM = 20  # at most: fewer on a line that breaks before they are answered
STREAM_SECONDS = 10
WAIT_SECONDS = (0.02, 2.0)  # before trying again: at first, at most

# What a line that broke looks like; everything else is an answer, and is not asked again.
BROKEN = {grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED,
          grpc.StatusCode.CANCELLED, grpc.StatusCode.INTERNAL, grpc.StatusCode.UNKNOWN,
          grpc.StatusCode.RESOURCE_EXHAUSTED, grpc.StatusCode.ABORTED}


class Patience:
    """Waits longer each time, and sends less at once, until something goes well."""

    def __init__(self):
        self.breaks, self.seconds, self.at_once = 0, WAIT_SECONDS[0], 1

    def went_well(self):
        self.seconds = WAIT_SECONDS[0]
        self.at_once = min(self.at_once + 1, BATCHES_A_STREAM)

    def broken(self, error):
        if error.code() not in BROKEN:
            raise error
        self.breaks += 1
        self.at_once = -(-self.at_once // 4)
        time.sleep(self.seconds)
        self.seconds = min(self.seconds * 2, WAIT_SECONDS[1])


class Outbox:
    """What is to be pushed, in its order."""

    def __init__(self, partner, records_a_batch=100):
        self.partner, self.records_a_batch = partner, records_a_batch
        self.batches = collections.deque()

    def put(self, records):
        """An external id may come once in a batch: a later change of a person is a later batch."""
        batch = []
        for record in records:
            full = len(batch) == self.records_a_batch
            if full or any(other.external_id == record.external_id for other in batch):
                self.close(batch)
                batch = []
            batch.append(record)
        if batch:
            self.close(batch)

    def split_first(self):
        """Nothing of it was taken over: its halves are batches of their own."""
        records = list(self.batches.popleft().records)
        half = -(-len(records) // 2)
        for part in (records[half:], records[:half]):
            self.close(part)
            self.batches.rotate(1)

    def close(self, records):
        self.batches.append(sync_service_pb2.PushRequest(
            partner=self.partner, batch_id=str(uuid.uuid4()), records=records))


def push(stub, outbox, answered):
    """Empties the outbox. `answered(batch, answer)` is called once for each batch. Gives how often
    the line broke."""
    patience = Patience()
    while outbox.batches:
        sending = list(itertools.islice(outbox.batches, patience.at_once))
        try:
            for answer in stub.Push(iter(sending), timeout=STREAM_SECONDS):
                batch = outbox.batches[0]
                assert answer.batch_id == batch.batch_id
                answered(batch, answer)
                outbox.batches.popleft()
                patience.went_well()
        except grpc.RpcError as error:
            if Refusal(error).reason == "LIMIT_EXCEEDED" and len(outbox.batches[0].records) > 1:
                outbox.split_first()
            else:
                patience.broken(error)
    return patience.breaks


class Model:
    """What the feed has told: who there is, and how they are."""

    def __init__(self):
        self.begin_again()

    def begin_again(self):
        self.cursor, self.people = "", {}
        self.snapshot_complete, self.sequence = False, 0

    def take(self, part):
        for change in part.changes:
            if change.HasField("passport"):
                self.people[change.passport_name] = change
            else:
                self.people.pop(change.passport_name, None)
        self.snapshot_complete = self.snapshot_complete or part.snapshot_complete
        self.sequence = max(self.sequence, part.data_sequence)
        self.cursor = part.cursor or self.cursor  # together with the above, in one transaction


def watch(stub, partner, model, enough):
    """Follows the feed until `enough(model)`. Gives how often the line broke."""
    patience = Patience()
    while True:
        request = sync_service_pb2.WatchRequest(
            partner=partner, cursor=model.cursor, heartbeat_interval=duration_pb2.Duration(seconds=1))
        stream = stub.Watch(request, timeout=STREAM_SECONDS)
        try:
            for part in stream:
                model.take(part)
                patience.went_well()
                if enough(model):
                    stream.cancel()
                    return patience.breaks
        except grpc.RpcError as error:
            if error.code() == grpc.StatusCode.OUT_OF_RANGE:  # away for too long: from the start
                model.begin_again()
            else:
                patience.broken(error)


class Ranges:
    """What the records of a partner come to; see RecordRange."""

    def __init__(self, key, revisions):
        def mac(text):
            return hmac.digest(key, text.encode(), hashlib.sha256)

        self.records = sorted((mac(external_id).hex(), mac(f"{external_id}\0{revision}"), external_id)
                              for external_id, revision in revisions.items() if revision)

    def within(self, prefix):
        return [record for record in self.records if record[0].startswith(prefix)]

    def range(self, prefix):
        within, digest = self.within(prefix), 0
        for _, mark, _ in within:
            digest ^= int.from_bytes(mark, "big")
        return sync_pb2.RecordRange(prefix=prefix, count=len(within), digest=digest.to_bytes(32, "big"))


def reconcile(stub, partner, revisions):
    """The external ids that are not the same on both sides, given {external id: revision} of all
    that the partner has. One question where nothing differs."""
    def ask(ranges):
        request = sync_service_pb2.ReconcileRequest(partner=partner, ranges=ranges)
        patience = Patience()
        while True:
            try:
                return stub.Reconcile(request, timeout=STREAM_SECONDS)
            except grpc.RpcError as error:
                patience.broken(error)

    ours = Ranges(ask([]).key, revisions)
    differing, prefixes = set(), [""]
    while prefixes:
        answer = ask([ours.range(prefix) for prefix in prefixes[:256]])
        prefixes = prefixes[256:]
        for difference in answer.differences:
            prefixes += [part.prefix for part in difference.parts
                         if part != ours.range(part.prefix)]
            if not difference.parts:
                here = {place: (mark, name) for place, mark, name in ours.within(difference.prefix)}
                for there in difference.records:
                    mark, name = here.pop(there.place, (b"", there.external_id))
                    if mark != there.mark:
                        differing.add(name)
                differing.update(name for _, name in here.values())
    return differing
