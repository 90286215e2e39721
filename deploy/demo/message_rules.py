"""What stands in the protos beside each field, applied to a message: used by check.py.

`parse(data, message, where)` fills the message from proto3 JSON; then every field in it and below keeps its rules
(field_rules, REQUIRED, declared enum values, no output-only field). What breaks one goes to `problems`.
"""
import collections
import pathlib
import re
import subprocess
import sys
import tempfile

PROTO = pathlib.Path(__file__).resolve().parent.parent.parent / "proto"
OUTPUT = tempfile.TemporaryDirectory()
subprocess.run(["protoc", f"-I{PROTO}", f"--python_out={OUTPUT.name}"] +
               [str(p.relative_to(PROTO)) for p in sorted(PROTO.rglob("*.proto"))], cwd=PROTO, check=True)
sys.path.insert(0, OUTPUT.name)
import google  # noqa: E402  Debian's google package and the generated google/api and google/rpc share the name.
google.__path__.append(OUTPUT.name + "/google")
from google.protobuf import json_format  # noqa: E402
from google.api import field_behavior_pb2 as behavior  # noqa: E402
from passend.v1 import field_rules_pb2 as rules_pb  # noqa: E402

ID = r"[a-z0-9-]{1,63}"
FORMS = {"PASSPORT_NAME": f"passports/{ID}", "TASK_NAME": f"tasks/{ID}", "EMPLOYER_NAME": f"employers/{ID}",
         "PARTNER_NAME": f"partners/{ID}", "COACH_NAME": f"coaches/{ID}",
         "TAXONOMY_NAME": f"taxonomies/{ID}", "CONCEPT_NAME": f"taxonomies/{ID}/concepts/[A-Za-z0-9._-]{{1,63}}",
         "RESOURCE_ID": r"[a-z][a-z0-9-]{0,62}", "REGION": r"[a-z0-9-]{1,40}", "LANGUAGE": "nl|en"}
problems = []


def bad(where, what):
    problems.append(f"{where}: {what}")


def once(where, what, values):
    for value, count in collections.Counter(values).items():
        if count > 1:
            bad(where, f"{what} {value} stands {count} times; at most once")


def check_fields(message, where):
    """The rules beside the fields, for this message and all within it."""
    for field in message.DESCRIPTOR.fields:
        options, at = field.GetOptions(), f"{where}.{field.name}"
        rules, behaviors = options.Extensions[rules_pb.rules], options.Extensions[behavior.field_behavior]
        value, many = getattr(message, field.name), field.label == field.LABEL_REPEATED
        is_set = message.HasField(field.name) if field.has_presence else bool(value)
        if behavior.REQUIRED in behaviors and not is_set:
            bad(at, "is required")
        if not is_set:
            continue
        if behavior.OUTPUT_ONLY in behaviors:
            bad(at, "is given by the server; leave it out")
        values = list(value) if many else [value]
        if len(values) < rules.items_min or len(values) > (rules.items_max or len(values)):
            bad(at, f"has {len(values)} entries; {rules.items_min} to {rules.items_max} are allowed")
        if rules.unique:
            once(at, "value", values)
        for one in values:
            if field.message_type:
                if field.message_type.file.package == "passend.v1":
                    check_fields(one, at)
            elif field.enum_type:
                if one == 0 or one not in field.enum_type.values_by_number:
                    bad(at, f"{one} is no declared value")
            elif isinstance(one, str):
                form = rules_pb.StringForm.Name(rules.form).removeprefix("STRING_FORM_")
                if len(one) > (rules.characters_max or len(one)):
                    bad(at, f"has {len(one)} characters; at most {rules.characters_max}")
                if form in FORMS and not re.fullmatch(FORMS[form], one):
                    bad(at, f'"{one}" is no {form.lower().replace("_", " ")}')
            elif not isinstance(one, bool):
                if rules.HasField("min") and one < rules.min or rules.HasField("max") and one > rules.max:
                    bad(at, f"{one} is outside {rules.min} to {rules.max}")


def parse(data, message, where):
    try:
        json_format.ParseDict(data, message)
        check_fields(message, where)
    except json_format.ParseError as error:
        bad(where, error)
    return message
