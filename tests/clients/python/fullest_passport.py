"""The fullest passport that the API takes: every list as long, and every text, as the rules allow.

The rules are the annotations `(rules)` of proto/passend/v1: they are read from there, so that a rule
that changes changes this passport too. What follows from enums (each feature, solution, kind and
form once) is in service/rules/passport_rules.cc.
"""
import itertools

from passend.v1 import field_rules_pb2, passport_pb2, taxonomy_pb2, validation_pb2, work_pb2

TAXONOMY = "taxonomies/fullest"
SKILLS = 70
VALIDATIONS_A_SKILL = 5  # more than are printed of any skill
MONTH = 1_758_000_000  # in September, which is the longest name of a month
WORDS = "groenvoorziening en onderhoud van de plantsoenen bij het buurthuis aan de kade ".split()


def rules(message, field):
    return message.DESCRIPTOR.fields_by_name[field].GetOptions().Extensions[field_rules_pb2.rules]


def prose(characters, begin=""):
    """Words of usual length, exactly so many characters."""
    text = begin
    for word in itertools.cycle(WORDS):
        if len(text) >= characters:
            return text[:characters - 1].rstrip().ljust(characters, "x")
        text += f"{word} "


def capitals(characters, begin=""):
    """The widest letter, without a place where a line could end."""
    return begin + "W" * (characters - len(begin))


def values(enum):
    return [number for number in enum.values() if number]


def skill(number):
    return f"{TAXONOMY}/concepts/s{number}"


def concepts(text=prose):
    longest = rules(taxonomy_pb2.ConceptLabel, "preferred").characters_max
    for number in range(SKILLS):
        yield taxonomy_pb2.Concept(
            name=skill(number), kind=taxonomy_pb2.CONCEPT_KIND_SKILL,
            labels=[taxonomy_pb2.ConceptLabel(language_code=language, preferred=text(longest, f"{number} "))
                    for language in ("nl", "en")])


def validations(text=prose):
    def longest(field):
        return text(rules(validation_pb2.Validation, field).characters_max)

    for number in range(SKILLS):
        for which in range(VALIDATIONS_A_SKILL):
            validation = validation_pb2.Validation(
                # The first two disagree; WORK_SAMPLE is the method with the longest words.
                skill=skill(number), level=1 + 4 * (which % 2) if which < 2 else 1 + number % 5,
                method=validation_pb2.VALIDATION_METHOD_WORK_SAMPLE, validator=longest("validator"),
                capacity=longest("capacity"), place=longest("place"))
            validation.validate_time.seconds = MONTH
            yield validation


def passport():
    full = passport_pb2.Passport(region="midden-brabant")
    wishes = full.wishes
    features = values(work_pb2.WorkFeature)[:rules(passport_pb2.Wishes, "features").items_max]
    for feature in features:
        wishes.features.add(feature=feature, attitude=passport_pb2.ATTITUDE_WANTS, strength=3)
    wishes.participation_forms.extend(values(work_pb2.ParticipationForm))
    wishes.hours.weekly_hours_min, wishes.hours.weekly_hours_max = 10, 60
    for number in range(rules(work_pb2.WeeklySchedule, "blocks").items_max):
        wishes.schedule.blocks.add(day=1 + number // 3 % 7, start_hour=10, end_hour=12 + number % 3)
    wishes.travel.home.latitude_centidegrees, wishes.travel.home.longitude_centidegrees = 5221, 456
    wishes.travel.minutes_max = rules(passport_pb2.TravelLimit, "minutes_max").max
    wishes.travel.means = passport_pb2.TRAVEL_MEANS_PUBLIC_TRANSPORT
    kinds = values(work_pb2.WorkKind)[:rules(passport_pb2.Passport, "paces").items_max]
    for kind in kinds:
        pace = full.paces.add(kind=kind, basis=passport_pb2.PACE_BASIS_MEASURED)
        for field in ("tempo_percent", "minutes_at_a_stretch", "hours_per_day", "days_per_week"):
            setattr(pace, field, rules(passport_pb2.Pace, field).max)
    needs = rules(passport_pb2.SupportProfile, "needs").items_max
    for solution in values(work_pb2.SupportSolution)[:needs]:
        full.support.needs.add(solution=solution, amount_percent=100, essential=True,
                               brought_along_percent=50)
    return full
