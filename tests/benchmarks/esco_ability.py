#!/usr/bin/env python3
"""Does ability see who is close to a piece of work?

Loads O*NET occupations through the public API, as tasks and as people, and compares the lists of
FindCandidates with the occupations that experts call related. Prints the mean average precision at
10 over all of them, and over other SOC major groups only ("cross").

    task    asks for the essential skills of its ESCO occupations at level 4, learnable; importance is
            the share of them that ask for it, in fifths, rounded up
    person  holds their essential skills at level 4 and their optional ones at level 2, formally
            validated on the day of the question
    truth   related occupations with index <= 10 that have ESCO skills

Needs a running passendd with ESCO imported and nothing else in it, and PASSEND_DATA.

    passend taxonomy import-esco "$PASSEND_DATA/esco"
    tests/benchmarks/esco_ability.py --server 127.0.0.1:50551 --protos build/python
"""
import argparse
import collections
import concurrent.futures
import csv
import gzip
import json
import math
import os
import sys
import time

RELATED_DEPTH = 10
PRECISION_AT = 10
csv.field_size_limit(1 << 30)


def read_table(folder, name, delimiter):
    path = os.path.join(folder, name)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=delimiter))


class Occupations:
    """O*NET occupations with the skills of the ESCO occupations that they are tied to."""

    def __init__(self, folder):
        essential, optional = collections.defaultdict(set), collections.defaultdict(set)
        for row in read_table(folder, "esco/occupationSkillRelations.csv.gz", ","):
            kind = essential if row["relationType"] == "essential" else optional
            kind[row["occupationUri"]].add(concept_name(row["skillUri"]))
        tied = collections.defaultdict(set)
        for row in read_table(folder, "crosswalks/onet_to_esco.tsv.gz", "\t"):
            if row["relation"] in ("exactMatch", "closeMatch"):
                if row["esco_uri"] in essential or row["esco_uri"] in optional:
                    tied[row["onet_soc"]].add(row["esco_uri"])
        self.importance, self.holds = {}, {}
        for soc, uris in sorted(tied.items()):
            counts = collections.Counter(skill for uri in uris for skill in essential[uri])
            if not counts:
                continue
            self.importance[soc] = {
                skill: math.ceil(5 * count / len(uris)) for skill, count in counts.items()
            }
            levels = {skill: 2 for uri in uris for skill in optional[uri]}
            levels.update({skill: 4 for skill in counts})
            self.holds[soc] = levels
        self.truth = {}
        for row in read_table(folder, "onet/related_occupations_dev.tsv.gz", "\t"):
            soc, other = row["onet_soc"], row["related_onet_soc"]
            if soc in self.holds and other in self.holds and soc != other:
                if int(row["index"]) <= RELATED_DEPTH:
                    self.truth.setdefault(soc, set()).add(other)


def concept_name(uri):
    return "taxonomies/esco/concepts/" + uri.rsplit("/", 1)[1]


def average_precision(ranked, truth):
    found, total = 0, 0.0
    for place, soc in enumerate(ranked[:PRECISION_AT], 1):
        if soc in truth:
            found += 1
            total += found / place
    return total / min(PRECISION_AT, len(truth))


class Passend:
    """The three calls that the check needs."""

    def __init__(self, server, protos):
        sys.path.insert(0, protos)
        import grpc
        from passend.v1 import match_service_pb2_grpc as match_grpc
        from passend.v1 import match_service_pb2 as match
        from passend.v1 import passport_service_pb2 as passport
        from passend.v1 import passport_service_pb2_grpc as passport_grpc
        from passend.v1 import validation_service_pb2 as validation
        from passend.v1 import validation_service_pb2_grpc as validation_grpc

        channel = grpc.insecure_channel(server)
        self.messages = (match, passport, validation)
        self.matches = match_grpc.MatchServiceStub(channel)
        self.passports = passport_grpc.PassportServiceStub(channel)
        self.validations = validation_grpc.ValidationServiceStub(channel)

    def create_person(self, levels):
        _, passport, validation = self.messages
        request = passport.CreatePassportRequest()
        request.passport.region = "nederland"
        request.passport.support.nothing_needed = True
        name = self.passports.CreatePassport(request).name
        skills = sorted(levels.items())
        for start in range(0, len(skills), 100):
            record = validation.RecordValidationsRequest(parent=name)
            for skill, level in skills[start:start + 100]:
                record.validations.add(skill=skill, level=level, method="VALIDATION_METHOD_FORMAL")
            self.validations.RecordValidations(record)
        return name

    def candidates(self, importance):
        """Names of passports, best first, ranked for a task that asks for these skills alone."""
        match, _, _ = self.messages
        request = match.FindCandidatesRequest(page_size=200)
        task = request.inline_task
        task.employer, task.title = "employers/onet", "occupation"
        task.carving.method = 1
        task.participation_form, task.pay_form = 6, 1
        task.hours.start_weekly_hours = 36
        task.place.region, task.place.remote = "nederland", True
        task.additionality.ground, task.additionality.statement = 1, "a check"
        for skill, weight in sorted(importance.items()):
            task.required_skills.add(skill=skill, level=4, importance=weight, learnable=True)
        # Everybody is alike in wishes, pace and support, so these weights rank by ability.
        weights = request.options.weights
        weights.ability, weights.wishes, weights.support = 7500, 1500, 1000
        while True:
            answer = self.matches.FindCandidates(request, timeout=120)
            yield from (candidate.passport for candidate in answer.candidates)
            if not answer.next_page_token:
                return
            request.page_token = answer.next_page_token


def first_ten(candidates, wanted):
    ranked = []
    for soc in candidates:
        if wanted(soc):
            ranked.append(soc)
            if len(ranked) == PRECISION_AT:
                break
    return ranked


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--server", default="127.0.0.1:50551")
    parser.add_argument("--protos", required=True, help="folder with the generated Python protos")
    parser.add_argument("--data", default=os.environ.get("PASSEND_DATA"))
    arguments = parser.parse_args()
    if not arguments.data:
        print("skipped: PASSEND_DATA is not set")
        return 0
    occupations = Occupations(arguments.data)
    passend = Passend(arguments.server, arguments.protos)

    started = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        names = pool.map(passend.create_person, occupations.holds.values())
        soc_of = dict(zip(names, occupations.holds))
    print(f"{len(soc_of)} people loaded in {time.monotonic() - started:.1f} s", file=sys.stderr)

    over_all, cross = [], []
    started = time.monotonic()
    for soc, truth in sorted(occupations.truth.items()):
        ranked = [soc_of[name] for name in passend.candidates(occupations.importance[soc])]
        others = [other for other in ranked if other != soc]
        over_all.append(average_precision(others, truth))
        far_truth = {other for other in truth if other[:2] != soc[:2]}
        if far_truth:
            far = first_ten(others, lambda other, here=soc: other[:2] != here[:2])
            cross.append(average_precision(far, far_truth))
    print(f"{len(over_all)} tasks asked in {time.monotonic() - started:.1f} s", file=sys.stderr)
    print(json.dumps({
        "queries": len(over_all),
        "cross_queries": len(cross),
        "map_at_10": round(sum(over_all) / len(over_all), 4),
        "map_at_10_cross": round(sum(cross) / len(cross), 4),
    }))
    return 0


if __name__ == "__main__":
    sys.exit(main())
