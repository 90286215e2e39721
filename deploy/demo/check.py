#!/usr/bin/env python3
"""Checks the demo world against the protos: run it after every change to the data.

    deploy/demo/check.py        says what is wrong, one line each, and leaves with 1 if anything is

Needs Debian's protobuf-compiler and python3-protobuf. Every object parses as its message and keeps the rules beside
its fields (message_rules.py); here is what one field can't say: sums, ranges, "at most once", references, dates.
"""
import datetime
import json
import pathlib
import sys

sys.dont_write_bytecode = True
from message_rules import bad, once, parse, problems  # noqa: E402
from passend.v1 import passport_pb2, task_pb2, taxonomy_pb2, validation_pb2  # noqa: E402

DEMO = pathlib.Path(__file__).resolve().parent
FIRST_DAY, AFTER_LAST_DAY = datetime.datetime(2019, 1, 1), datetime.datetime(2026, 11, 1)
concepts = {}


def check_blocks(schedule, where):
    for block in schedule.blocks:
        if block.start_hour >= block.end_hour:
            bad(where, f"a block from {block.start_hour} to {block.end_hour}: the start comes first")


def check_skill(name, kinds, where):
    kind = concepts[name].kind if name in concepts else 0
    if taxonomy_pb2.ConceptKind.Name(kind).removeprefix("CONCEPT_KIND_") not in kinds:
        bad(where, f"{name} is not in the taxonomy as {' or '.join(kinds)}")


def check_taxonomy(lines):
    parse(lines[0]["taxonomy"], taxonomy_pb2.Taxonomy(), "taxonomy.jsonl:1")
    parsed = [parse(line, taxonomy_pb2.Concept(), f"taxonomy.jsonl:{n}") for n, line in enumerate(lines[1:], 2)]
    once("taxonomy.jsonl", "concept", [c.name for c in parsed])
    concepts.update((c.name, c) for c in parsed)
    for c in parsed:
        once(c.name, "language", [label.language_code for label in c.labels])
        for target in [*c.broader, *c.related, *c.essential_skills, *c.optional_skills]:
            if target not in concepts:
                bad(c.name, f"points to {target}, which does not exist")
        for target in c.related:
            if target in concepts and c.name not in concepts[target].related:
                bad(c.name, f"is related to {target}, but not the other way round")
        if (c.essential_skills or c.optional_skills) and c.kind != taxonomy_pb2.CONCEPT_KIND_OCCUPATION:
            bad(c.name, "only occupations have skills")
        above, seen = list(c.broader), set()
        while above:
            name = above.pop()
            if name == c.name:
                bad(c.name, "is above itself")
                break
            if name not in seen and name in concepts:
                seen.add(name)
                above += concepts[name].broader


def check_task(task, where):
    once(where, "skill", [r.skill for r in task.required_skills])
    once(where, "support", [o.solution for o in task.support_offers])
    for required in task.required_skills:
        check_skill(required.skill, ("SKILL", "KNOWLEDGE", "SKILL_GROUP"), where)
    if task.sub_tasks and sum(s.hours_share_percent for s in task.sub_tasks) != 100:
        bad(where, "the shares of the sub-tasks do not sum to 100")
    hours = task.hours
    if hours.growth_weekly_hours and hours.growth_weekly_hours < hours.start_weekly_hours:
        bad(where, "grows to fewer hours than it starts with")
    if hours.shared_weekly_hours_min > hours.start_weekly_hours:
        bad(where, "the smallest share is above the start")
    check_blocks(task.schedule, where)


def check_person(person, where):
    passport = parse(person["passport"], passport_pb2.Passport(), where)
    if set(person) != {"about", "passport", "validations"} or not person["about"]:
        bad(where, "holds about, passport and validations, and nothing else")
    if passport.name or passport.etag:
        bad(where, "name and etag are given by the server; leave them out")
    wishes = passport.wishes
    once(where, "feature", [w.feature for w in wishes.features])
    for wish in wishes.features:
        if (wish.attitude == passport_pb2.ATTITUDE_NEVER) == bool(wish.strength):
            bad(where, "a strength goes with WANTS and AVOIDS, and not with NEVER")
    if wishes.hours.weekly_hours_min > wishes.hours.weekly_hours_max:
        bad(where, "fewest hours are more than most hours")
    check_blocks(wishes.schedule, where)
    once(where, "pace", [(p.kind, p.basis) for p in passport.paces])
    once(where, "support", [n.solution for n in passport.support.needs])
    if passport.HasField("support") and passport.support.nothing_needed == bool(passport.support.needs):
        bad(where, "support says either nothing_needed or needs")
    for need in passport.support.needs:
        if need.brought_along_percent > need.amount_percent:
            bad(where, "brings along more than is needed, or of what nobody knows the amount")
    dates = [p.observe_time for p in passport.paces if p.HasField("observe_time")]
    for data in person["validations"]:
        validation = parse(data, validation_pb2.Validation(), where)
        check_skill(validation.skill, ("SKILL", "KNOWLEDGE"), where)
        dates.append(validation.validate_time)
        if validation.HasField("expire_time") and (validation.expire_time.ToDatetime() <=
                                                   validation.validate_time.ToDatetime()):
            bad(where, "expires before it was established")
    if any(not FIRST_DAY <= date.ToDatetime() < AFTER_LAST_DAY for date in dates):
        bad(where, "dates are between 2019 and October 2026")


def main():
    check_taxonomy([json.loads(line) for line in (DEMO / "taxonomy.jsonl").read_text().splitlines()])
    tasks = sorted((DEMO / "tasks").iterdir())
    for path in tasks:
        task = parse(json.loads(path.read_text()), task_pb2.Task(), path.name)
        if task.name != f"tasks/{path.stem}":
            bad(path.name, f'its name is "{task.name}", not the file\'s')
        check_task(task, path.name)
    people = 0
    for path in sorted((DEMO / "people").iterdir()):
        texts = path.read_text().splitlines() if path.suffix == ".jsonl" else [path.read_text()]
        for number, text in enumerate(texts, 1):
            check_person(json.loads(text), f"{path.name}:{number}")
        people += len(texts)
    print("\n".join(problems) or f"{len(concepts)} concepts, {len(tasks)} tasks, {people} people: all is well")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
