#!/usr/bin/env python3
"""Grows the people of the demo who are not hand-written: people/region-*.jsonl.

    deploy/demo/grow_population.py            writes the files
    deploy/demo/grow_population.py --check    writes nothing; leaves with 1 if a file differs from what it would write

Nobody in it exists. A person leans to one occupation of taxonomy.jsonl and has some of its skills, seen by somebody
at some time since 2019; wishes go with the leaning, and not always; tempo is around three quarters of the norm; about
half need some support. Two of a hundred passports are empty, and every part is missing now and then, as in real
files. One seed for each region, whose number is all that decides: the same Python or another one gives the same
bytes, because only random() is used, which Python keeps the same. Change a number below, run it, run check.py.
"""
import datetime
import json
import pathlib
import random
import sys

DEMO = pathlib.Path(__file__).resolve().parent
CONCEPTS = "taxonomies/demo/concepts/"
LAST_DAY = datetime.date(2026, 10, 31)

# Region: seed, people, towns as (latitude, longitude) in hundredths of a degree, and what people there often lean to,
# as the tasks of a region were carved around them.
REGIONS = {
    "haaglanden": (11, 80, [(5207, 430), (5205, 427), (5201, 436), (5204, 432)],
        "neighbourhood-cook neighbourhood-buddy neighbourhood-buddy kitchen-assistant waste-coach archive-worker "
        "laundry-worker shop-assistant care-host"),
    "rijnmond": (12, 45, [(5192, 448), (5188, 451), (5191, 440)],
        "shelf-filler animal-carer farm-hand street-cleaner device-refurbisher data-annotator"),
    "groningen": (23, 40, [(5322, 657), (5316, 676), (5299, 656)],
        "gardener neighbourhood-buddy caretaker receptionist library-assistant"),
    "zuid-limburg": (14, 35, [(5085, 569), (5089, 598), (5100, 587)],
        "laundry-worker vegetable-grower assembly-worker kitchen-assistant activity-helper"),
    "zuid-kennemerland-en-ijmond": (15, 35, [(5238, 464), (5248, 466), (5237, 453)],
        "bicycle-mechanic school-yard-supervisor meal-deliverer device-refurbisher"),
    "achterhoek": (16, 30, [(5192, 636), (5197, 629), (5197, 672)],
        "seamster textile-sorter kitchen-assistant furniture-restorer"),
    "rivierenland": (17, 35, [(5189, 543), (5196, 523)],
        "joiner joiner furniture-restorer vegetable-grower gardener recycling-worker"),
    "midden-utrecht": (18, 25, [(5209, 512), (5203, 508)],
        "painter data-annotator office-assistant"),
}

# Kind of work: the themes that go with it, and words in which one can find out where it was seen.
KINDS = {
    "GREEN": ("GREEN OUTDOORS", "park crew"), "STREET": ("OUTDOORS NEIGHBOURHOOD", "street crew"),
    "FARM": ("ANIMALS OUTDOORS", "care farm"), "CLEANING": ("CLEANING ROUTINE", "office building"),
    "KITCHEN": ("KITCHEN TEAM", "community kitchen"), "LAUNDRY": ("CLEANING ROUTINE", "laundry"),
    "SEWING": ("TEXTILE CREATIVE", "sewing room"), "WOOD": ("WOOD CREATIVE", "wood workshop"),
    "REFURBISHING": ("REPAIR TECHNOLOGY", "repair cafe"), "ASSEMBLY": ("LOGISTICS ROUTINE", "packing table"),
    "WAREHOUSE": ("LOGISTICS TEAM", "warehouse"), "SHOP": ("SHOP CUSTOMER_CONTACT", "shop"),
    "HOSTING": ("NEIGHBOURHOOD CUSTOMER_CONTACT", "community centre"), "CARE": ("CARE TEAM", "nursing home"),
    "OFFICE": ("OFFICE QUIET", "office"), "BUILDING": ("BUILDING LEARNING", "building site"),
}

# Where each occupation's tempo is seen.
KIND_OF = {
    "neighbourhood-cook": "KITCHEN", "neighbourhood-buddy": "CARE", "kitchen-assistant": "KITCHEN",
    "lunchroom-worker": "KITCHEN", "baker-assistant": "KITCHEN", "care-host": "CARE", "activity-helper": "CARE",
    "meal-deliverer": "WAREHOUSE", "receptionist": "HOSTING", "community-centre-host": "HOSTING",
    "library-assistant": "OFFICE", "school-yard-supervisor": "HOSTING", "caretaker": "HOSTING",
    "waste-coach": "HOSTING", "gardener": "GREEN", "vegetable-grower": "GREEN", "street-cleaner": "STREET",
    "recycling-worker": "STREET", "farm-hand": "FARM", "animal-carer": "FARM", "joiner": "WOOD",
    "furniture-restorer": "WOOD", "seamster": "SEWING", "textile-sorter": "WAREHOUSE",
    "bicycle-mechanic": "REFURBISHING", "device-refurbisher": "REFURBISHING", "painter": "BUILDING",
    "warehouse-worker": "WAREHOUSE", "assembly-worker": "ASSEMBLY", "shop-assistant": "SHOP",
    "shelf-filler": "SHOP", "cleaner": "CLEANING", "laundry-worker": "LAUNDRY", "office-assistant": "OFFICE",
    "archive-worker": "OFFICE", "data-annotator": "OFFICE",
}
# What people pick up anywhere: percent who have it on record, whatever they lean to.
EVERYDAY = {"keep-appointments": 40, "work-safely": 35, "make-contact": 24, "listen": 18, "receive-visitors": 16,
            "watch-over-children": 16, "use-a-computer": 22, "use-hand-tools": 18, "cut-vegetables": 18,
            "wash-dishes": 18, "cook-for-groups": 10, "move-goods": 16, "tidy-up": 16}
CONDITIONS = ("TEAM ALONE QUIET STANDING SITTING CUSTOMER_CONTACT ROUTINE VARIETY LEARNING NEIGHBOURHOOD OUTDOORS "
              "KITCHEN GREEN").split()
BURDENS = "NOISE HEAVY_LIFTING TIME_PRESSURE READING TELEPHONE IRREGULAR_HOURS DIRT HEIGHT".split()
FORMS = ("DAY_ACTIVITY WORK_LIKE_DAY_ACTIVITY SHELTERED_WORK BASIC_JOB JOB_AGREEMENT REGULAR_WORK VOLUNTARY_WORK "
         "TRIAL_PLACEMENT PARTICIPATION_PLACE WORK_EXPERIENCE_PLACE SOCIAL_COOPERATIVE").split()
METHODS = [(36, "SELF_DECLARED", None), (12, "REFERENCE", "former employer"), (32, "OBSERVED", "job coach"),
           (12, "WORK_SAMPLE", "work leader"), (8, "FORMAL", "school")]
GUIDANCE = "GUIDANCE_JOB_COACH GUIDANCE_MENTOR GUIDANCE_STRUCTURED_INSTRUCTION GUIDANCE_CHECK_INS".split()
ARRANGEMENTS = [(24, "ORGANISATIONAL_FLEXIBLE_BREAKS"), (12, "ORGANISATIONAL_OWN_SCHEDULE"),
                (16, "ORGANISATIONAL_QUIET_PLACE"), (16, "ORGANISATIONAL_FIXED_ROUTINE"),
                (16, "ORGANISATIONAL_PLAIN_LANGUAGE"), (5, "TECHNICAL_ADAPTED_EQUIPMENT"),
                (4, "TECHNICAL_ACCESSIBLE_BUILDING"), (6, "TECHNICAL_TRANSPORT"), (1, "TECHNICAL_SIGN_LANGUAGE")]
DAYS = "MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY".split()


class Chance:
    """Everything by chance, from random() alone."""

    def __init__(self, seed):
        self.random = random.Random(seed).random

    def one_in_hundred(self, percent):
        return self.random() * 100 < percent

    def whole(self, low, high):
        return low + int(self.random() * (high - low + 1))

    def pick(self, values):
        return values[self.whole(0, len(values) - 1)]

    def weighed(self, entries):
        left = self.random() * sum(entry[0] for entry in entries)
        for entry in entries:
            left -= entry[0]
            if left < 0:
                return entry
        return entries[-1]

    def some(self, values, count):
        rest, taken = list(values), []
        while rest and len(taken) < count:
            taken.append(rest.pop(self.whole(0, len(rest) - 1)))
        return taken


def moment(chance, years_max=7.5):
    """Mostly of late: half of it within the last fifth of the time."""
    days_ago = int(chance.random() ** 2.3 * years_max * 365)
    return f"{LAST_DAY - datetime.timedelta(days_ago)}T{chance.whole(8, 16):02}:00:00Z"


def validations_of(chance, occupation, all_skills, place):
    skills = [s for s in occupation["essential_skills"] if chance.one_in_hundred(78)]
    skills += [s for s in occupation["optional_skills"] if chance.one_in_hundred(38)]
    skills += [CONCEPTS + slug for slug, percent in EVERYDAY.items()
               if chance.one_in_hundred(percent) and CONCEPTS + slug not in skills]
    skills += [s for s in chance.some(all_skills, chance.whole(0, 2)) if s not in skills]
    validations = []
    for skill in skills:
        for _ in range(2 if chance.one_in_hundred(14) else 1):
            _, method, capacity = chance.weighed(METHODS)
            level = chance.weighed([(8, 1), (30, 2), (36, 3), (19, 4), (7, 5)])[1]
            validation = {"skill": skill, "level": level, "method": "VALIDATION_METHOD_" + method,
                          "validate_time": moment(chance)}
            if capacity:
                validation["capacity"] = capacity
            if method in ("OBSERVED", "WORK_SAMPLE"):
                validation["place"] = place
            validations.append(validation)
    return validations


def features_of(chance, themes):
    wishes = {}
    for theme in themes:
        if chance.one_in_hundred(80):
            wishes[theme] = ("WANTS", chance.whole(1, 3))
    for condition in chance.some(CONDITIONS, chance.whole(1, 3)):
        wishes.setdefault(condition, ("WANTS", chance.whole(1, 3)) if chance.one_in_hundred(65) else
                          ("AVOIDS", chance.whole(1, 2)))
    for burden in chance.some(BURDENS, chance.whole(0, 2)):
        wishes[burden] = ("NEVER", 0) if chance.one_in_hundred(18) else ("AVOIDS", chance.whole(1, 3))
    return [{"feature": "WORK_FEATURE_" + feature, "attitude": "ATTITUDE_" + attitude} |
            ({"strength": strength} if strength else {}) for feature, (attitude, strength) in wishes.items()]


def schedule_of(chance):
    days = DAYS[:5] if chance.one_in_hundred(55) else sorted(chance.some(DAYS[:6], chance.whole(2, 4)),
                                                             key=DAYS.index)
    _, start, end = chance.weighed([(50, 8, 17), (20, 9, 13), (10, 9, 15), (9, 12, 18), (11, 6, 14)])
    return {"blocks": [{"day": "WEEKDAY_" + day, "start_hour": start, "end_hour": end} for day in days]}


def wishes_of(chance, themes, towns):
    wishes = {}
    if chance.one_in_hundred(95):
        wishes["features"] = features_of(chance, themes)
    if chance.one_in_hundred(90):
        wishes["participation_forms"] = ["PARTICIPATION_FORM_" + form for form in sorted(
            chance.some(FORMS, chance.whole(5, 9)), key=FORMS.index)]
    if chance.one_in_hundred(94):
        least = chance.pick([4, 4, 8, 8, 8, 12, 12, 16, 20, 24])
        most = least + chance.pick([4, 8, 8, 12, 16, 16, 20])
        wishes["hours"] = {"weekly_hours_min": least, "weekly_hours_max": most}
    if chance.one_in_hundred(85):
        wishes["schedule"] = schedule_of(chance)
    if chance.one_in_hundred(96):
        latitude, longitude = chance.pick(towns)
        means, minutes = chance.pick([("CYCLING", 25), ("CYCLING", 30), ("CYCLING", 45), ("PUBLIC_TRANSPORT", 45),
                                      ("PUBLIC_TRANSPORT", 60), ("WALKING", 30), ("CAR", 30)])
        wishes["travel"] = {"home": {"latitude_centidegrees": latitude + chance.whole(-2, 2),
                                     "longitude_centidegrees": longitude + chance.whole(-3, 3)},
                            "minutes_max": minutes, "means": "TRAVEL_MEANS_" + means}
    return wishes


def pace_of(chance, kind, place):
    tempo = sum(chance.whole(10, 40) for _ in range(3))  # 30 to 120, most about 75
    pace = {"kind": "WORK_KIND_" + kind, "tempo_percent": tempo // 5 * 5,
            "minutes_at_a_stretch": chance.pick([30, 45, 60, 60, 90, 90, 120, 120]),
            "hours_per_day": chance.pick([2, 3, 4, 4, 5, 6, 6, 8]),
            "days_per_week": chance.pick([2, 3, 3, 4, 4, 5, 5]), "basis": "PACE_BASIS_MEASURED"}
    if chance.one_in_hundred(12):
        del pace[chance.pick(["minutes_at_a_stretch", "hours_per_day", "days_per_week"])]
    if chance.one_in_hundred(45):
        pace["basis"] = "PACE_BASIS_EXPECTED"
    else:
        pace["place"] = place
    pace["observe_time"] = moment(chance, 3)
    return pace


def support_of(chance):
    if chance.one_in_hundred(42):
        return {"nothing_needed": True}
    needs = []
    if chance.one_in_hundred(70):
        amount = chance.pick([5, 5, 10, 10, 15, 15, 20, 30])
        need = {"solution": "SUPPORT_SOLUTION_" + chance.pick(GUIDANCE)}
        if chance.one_in_hundred(90):
            need["amount_percent"] = amount
        if chance.one_in_hundred(25):
            need["essential"] = True
        if chance.one_in_hundred(15) and "amount_percent" in need:
            need["brought_along_percent"] = amount // 2 or 1
        needs.append(need)
    for _ in range(chance.whole(0 if needs else 1, 2)):
        solution = "SUPPORT_SOLUTION_" + chance.weighed(ARRANGEMENTS)[1]
        if all(need["solution"] != solution for need in needs):
            needs.append({"solution": solution, "amount_percent": chance.pick([50, 100])} |
                         ({"essential": True} if chance.one_in_hundred(20) else {}))
    return {"needs": needs}


def person_of(chance, region, towns, leanings, occupations, all_skills):
    slug = chance.pick(leanings if chance.one_in_hundred(65) else sorted(occupations))
    occupation = occupations[slug]
    kind = KIND_OF[slug]
    themes, place = KINDS[kind]
    state = chance.weighed([(88, "ACTIVE"), (7, "PAUSED"), (5, "PLACED")])[1]
    passport, validations = {"state": "PASSPORT_STATE_" + state, "region": region}, []
    if chance.one_in_hundred(2):
        return {"about": "Just registered; everything is still to be asked.", "passport": passport,
                "validations": validations}
    if chance.one_in_hundred(97):
        validations = validations_of(chance, occupation, all_skills, place)
    if chance.one_in_hundred(96):
        passport["wishes"] = wishes_of(chance, themes.split(), towns)
    if chance.one_in_hundred(90):
        passport["paces"] = [pace_of(chance, kind, place)]
    if chance.one_in_hundred(88):
        passport["support"] = support_of(chance)
    missing = [part for part in ("wishes", "paces", "support") if part not in passport]
    about = f"Leans to {slug.replace('-', ' ')}; {len({v['skill'] for v in validations})} skills on record"
    about += f"; nothing known of {' and '.join(missing)}." if missing else "."
    return {"about": about, "passport": passport, "validations": validations}


def main():
    concepts = [json.loads(line) for line in (DEMO / "taxonomy.jsonl").read_text(encoding="utf-8").splitlines()[1:]]
    occupations = {c["name"].removeprefix(CONCEPTS): c for c in concepts if c["kind"] == "CONCEPT_KIND_OCCUPATION"}
    all_skills = [c["name"] for c in concepts if c["kind"] in ("CONCEPT_KIND_SKILL", "CONCEPT_KIND_KNOWLEDGE")]
    texts = {}
    for region, (seed, count, towns, leanings) in REGIONS.items():
        chance = Chance(seed)
        people = [person_of(chance, region, towns, leanings.split(), occupations, all_skills) for _ in range(count)]
        texts[f"region-{region}.jsonl"] = "".join(json.dumps(p, ensure_ascii=False) + "\n" for p in people)
    folder = DEMO / "people"
    if "--check" not in sys.argv[1:]:
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
        return 0
    found = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("region-*.jsonl")}
    different = sorted(name for name in texts.keys() | found.keys() if texts.get(name) != found.get(name))
    for name in different:
        print(f"people/{name} is not what grow_population.py makes of it; run it, or undo the change by hand")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
