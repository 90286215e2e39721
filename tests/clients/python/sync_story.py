"""A partner that syncs over a bad line for as long as it is told to, and what came of it.

    sync_story.py --people 100000 --cuts 1000 [--seed 7]     against $PASSENDD; prints figures

People are brought, changed and erased while somebody follows the feed, all of it over the line that
`../bad_line` makes bad. At the end the server is asked over a good line what it has.
"""
import argparse
import contextlib
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import threading

from passend.v1 import sync_pb2

import partner as example
from own_server import OwnServer
from passend_client import Client, credentials_from

PARTNER = "partners/delft"
REGIONS = ["groningen", "drenthe", "friesland", "haaglanden", "zeeland"]
# How long the feed may take after the last push was answered.
READER_SECONDS_MAX, READER_SECONDS_A_PERSON = 120, 0.01
BAD_LINE = pathlib.Path(__file__).resolve().parents[1] / "bad_line" / "bad_line.py"


class BadLine:
    def __init__(self, server, cuts, seed, bytes_between_cuts):
        self.folder = tempfile.TemporaryDirectory(prefix="passend.")
        command = [sys.executable, str(BAD_LINE), "--listen", f"unix:{self.folder.name}/line",
                   "--to", server, "--cuts", str(cuts), "--bytes-between-cuts",
                   str(bytes_between_cuts)]
        command += [] if seed is None else ["--seed", str(seed)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True)
        started = json.loads(self.process.stdout.readline())
        self.seed, self.address = started["seed"], started["listening"]

    def end(self):
        """What it did."""
        output, _ = self.process.communicate()
        return json.loads(output)

    def remove(self):
        self.process.kill()
        self.process.communicate()
        self.folder.cleanup()


def upsert(external_id, revision, region):
    record = sync_pb2.PushRecord(external_id=external_id, revision=str(revision))
    record.upsert.passport.region = region
    record.upsert.passport.wishes.hours.weekly_hours_min = 8
    record.upsert.passport.wishes.hours.weekly_hours_max = 8 + revision % 30
    return record


def erase(external_id):
    return sync_pb2.PushRecord(external_id=external_id, erase=sync_pb2.PushErase())


class Story:
    """What the partner did to its people, and what it was told of each."""

    def __init__(self, people, choices):
        self.choices = choices
        self.ids = [f"person-{number}" for number in range(people)]
        self.revisions, self.regions, self.erased = {}, {}, set()
        self.outcomes, self.passports = {}, {}
        self.told_after_erasure = 0

    def records(self):
        """Everybody; then changes of a third; then a tenth is erased; then some who are erased are
        brought once more, which must not bring them back."""
        for external_id in self.ids:
            yield self.set(external_id, 1)
        for external_id in self.choices.sample(self.ids, len(self.ids) // 3):
            yield self.set(external_id, 2)
        for external_id in self.choices.sample(self.ids, len(self.ids) // 10):
            self.erased.add(external_id)
            self.revisions.pop(external_id)
            yield erase(external_id)
        for external_id in self.choices.sample(sorted(self.erased), len(self.erased) // 5):
            yield upsert(external_id, 3, "zeeland")

    def set(self, external_id, revision):
        self.revisions[external_id] = str(revision)
        self.regions[external_id] = self.choices.choice(REGIONS)
        return upsert(external_id, revision, self.regions[external_id])

    def answered(self, batch, answer):
        for record, result in zip(batch.records, answer.results, strict=True):
            name = sync_pb2.PushOutcome.Name(result.outcome).removeprefix("PUSH_OUTCOME_").lower()
            self.outcomes[name] = self.outcomes.get(name, 0) + 1
            if result.passport and record.external_id not in self.erased:
                known = self.passports.setdefault(record.external_id, result.passport)
                assert known == result.passport, f"{record.external_id} became somebody else"


class CheckedModel(example.Model):
    """The example's model, which also minds the promises of the feed."""

    def __init__(self):
        self.last, self.gone, self.broken_promises = {}, set(), []
        super().__init__()

    def take(self, part):
        for change in part.changes:
            name = change.passport_name
            if change.sequence < self.last.get(name, 0):
                self.broken_promises.append(f"{name} went back in time")
            if change.HasField("passport") and name in self.gone:
                self.broken_promises.append(f"{name} came back after it was erased")
            if change.removal == sync_pb2.WATCH_REMOVAL_ERASED:
                self.gone.add(name)
            self.last[name] = change.sequence
        super().take(part)


def snapshot(client):
    """Everything that the server has now, over a good line."""
    model = example.Model()
    example.watch(client.sync, PARTNER, model, lambda told: told.snapshot_complete)
    return model


def run(people, cuts, seed=None, bytes_between_cuts=40_000, server_options=(), environment=None):
    """Figures by name. `differing`, `lost`, `doubled`, `resurrected` and `broken promises` are to be
    0. `environment` says who the partner is, where the server has options that make it ask."""
    with contextlib.ExitStack() as ended:
        server = OwnServer(*server_options)
        ended.callback(server.remove)
        line = BadLine(server.address, cuts, seed, bytes_between_cuts)
        ended.callback(line.remove)
        story = Story(people, random.Random(line.seed))
        outbox = example.Outbox(PARTNER)
        outbox.put(story.records())
        credentials = credentials_from(environment or {})
        bad, watching, good = (Client(address, credentials)
                               for address in (line.address, line.address, server.address))
        for client in (bad, watching, good):
            ended.callback(client.close)
        model, last_sequence, pushed = CheckedModel(), [0], threading.Event()

        def answered(batch, answer):
            story.answered(batch, answer)
            last_sequence[0] = max(last_sequence[0], answer.data_sequence)

        def told_all(told):
            return pushed.is_set() and told.snapshot_complete and told.sequence >= last_sequence[0]

        feed_breaks = []
        # Where anything fails, it is left behind: by itself it would go on for ever.
        reader = threading.Thread(daemon=True, target=lambda: feed_breaks.append(
            example.watch(watching.sync, PARTNER, model, told_all)))
        reader.start()
        push_breaks = example.push(bad.sync, outbox, answered)
        pushed.set()
        reader.join(READER_SECONDS_MAX + people * READER_SECONDS_A_PERSON)
        assert feed_breaks, f"the reader of the feed did not come to its end; seed {line.seed}"
        differing = example.reconcile(bad.sync, PARTNER, story.revisions)
        there = snapshot(good)
        return compare(story, model, there, differing) | {
            "push: line broken": push_breaks, "feed: line broken": sum(feed_breaks),
            **{f"line: {name}": count for name, count in line.end().items()}, "seed": line.seed,
            **{f"push: {name}": count for name, count in sorted(story.outcomes.items())}}


def compare(story, model, there, differing):
    ids = [change.external_id for change in there.people.values()]
    told = {name: (change.external_id, change.passport.region)
            for name, change in model.people.items()}
    has = {name: (change.external_id, change.passport.region)
           for name, change in there.people.items()}
    wrong_region = sum(story.regions[external_id] != region for external_id, region in has.values()
                       if external_id in story.revisions)
    return {
        "people": len(story.ids),
        "differing in the digest": len(differing),
        "lost": len(set(story.revisions) - set(ids)) + wrong_region,
        "doubled": len(ids) - len(set(ids)),
        "resurrected": len(set(ids) & story.erased),
        "feed: people told otherwise": len(told.items() ^ has.items()),
        "feed: broken promises": len(model.broken_promises),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--cuts", type=int, default=20)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--bytes-between-cuts", type=float, default=40_000)
    for name, value in run(**vars(parser.parse_args())).items():
        print(f"{name}: {value}")
