"""What buf does not check in the protos: AIP-193 reasons and AIP-203 field behaviours."""
import re

from house.tree import Finding, rule

ERROR_REASONS = "proto/passend/v1/error_reason.proto"
CODES = ("OK CANCELLED UNKNOWN INVALID_ARGUMENT DEADLINE_EXCEEDED NOT_FOUND ALREADY_EXISTS "
         "PERMISSION_DENIED RESOURCE_EXHAUSTED FAILED_PRECONDITION ABORTED OUT_OF_RANGE "
         "UNIMPLEMENTED INTERNAL UNAVAILABLE DATA_LOSS UNAUTHENTICATED").split()
MESSAGE = re.compile(r"^message (\w+) \{")
FIELD = re.compile(r"^  (?:  )?(?:optional |repeated )?([\w.]+) (\w+) = \d+\s*(.*)$")


@rule("error-reasons-documented", "above each value: the gRPC code, when, and which metadata")
def error_reasons_documented(tree):
    if ERROR_REASONS not in tree.files:
        return
    comment, names = "", []
    for number, line in tree.lines(ERROR_REASONS):
        value = re.match(r"\s+(ERROR_REASON_\w+) = (\d+)", line)
        if value:
            words = comment.replace(",", " ").replace(".", " ").split()
            if value.group(2) != "0" and (not words or words[0] not in CODES):
                yield Finding(ERROR_REASONS, number,
                              f"{value.group(1)} does not begin with its gRPC code")
            names.append(value.group(1))
        comment = comment + " " + line.strip()[2:] if line.strip().startswith("//") else ""
    if not names:
        yield Finding(ERROR_REASONS, 1, "no reasons found")


def _fields(tree):
    """{message: [(path, line, type, field, options, in a oneof)]} of passend's own protos."""
    messages = {}
    for path in tree.matching(".proto", under="proto/passend/"):
        current, oneof, lines = None, False, tree.lines(path)
        for index, (number, line) in enumerate(lines):
            head = MESSAGE.match(line)
            if head:
                current = head.group(1)
                messages.setdefault(current, [])
            elif line.startswith("}"):
                current = None
            elif re.match(r"^  oneof ", line):
                oneof = True
            elif line == "  }":
                oneof = False
            field = FIELD.match(line)
            if current and field and not line.strip().startswith(("//", "reserved", "option ")):
                statement = field.group(3)
                for _, following in lines[index + 1:]:
                    if statement.rstrip().endswith(";"):
                        break
                    statement += following
                messages[current].append(
                    (path, number, field.group(1), field.group(2), statement, oneof))
    return messages


@rule("field-behavior", "(google.api.field_behavior) = REQUIRED, OPTIONAL or OUTPUT_ONLY (AIP-203)")
def field_behavior(tree):
    messages = _fields(tree)
    waiting = [name for name in messages if name.endswith("Request")]
    reached = set(waiting)
    while waiting:
        for path, line, kind, name, options, oneof in messages[waiting.pop()]:
            if "OUTPUT_ONLY" not in options and kind in messages and kind not in reached:
                reached.add(kind)
                waiting.append(kind)
            if "field_behavior" not in options and not oneof:
                yield Finding(path, line, f"the field {name} can be in a request")
