"""Reads the demo world, deploy/demo: proto3 JSON with the field names of proto/."""
import json
import pathlib

from google.protobuf import json_format
from passend.v1 import passport_pb2, task_pb2, taxonomy_pb2, taxonomy_service_pb2, validation_pb2

FOLDER = pathlib.Path(__file__).resolve().parents[3] / "deploy" / "demo"


def taxonomy_parts(concepts_a_part=50):
    """The stream of an import: the header, then the concepts in parts, then the end."""
    with open(FOLDER / "taxonomy.jsonl", encoding="utf-8") as lines:
        header, *concepts = [json.loads(line) for line in lines]
    part = taxonomy_service_pb2.ImportTaxonomyRequest()
    yield json_format.ParseDict({"header": header}, part)
    for start in range(0, len(concepts), concepts_a_part):
        part = taxonomy_service_pb2.ImportTaxonomyRequest()
        for concept in concepts[start:start + concepts_a_part]:
            part.concepts.concepts.append(json_format.ParseDict(concept, taxonomy_pb2.Concept()))
        yield part
    yield json_format.ParseDict({"end": {"concept_count": len(concepts)}},
                                taxonomy_service_pb2.ImportTaxonomyRequest())


def task(name):
    return json_format.ParseDict(_read("tasks", name), task_pb2.Task())


def task_names():
    return sorted(file.stem for file in (FOLDER / "tasks").glob("*.json"))


def person(name):
    """A passport and its validations."""
    return _parsed(_read("people", name))


def everybody():
    """Situation, passport and validations of each person; the crowd has no situation."""
    for file in sorted((FOLDER / "people").glob("*.json")):
        yield file.stem, *person(file.stem)
    for file in sorted((FOLDER / "people").glob("*.jsonl")):
        with open(file, encoding="utf-8") as lines:
            for line in lines:
                yield None, *_parsed(json.loads(line))


def _parsed(read):
    return (json_format.ParseDict(read["passport"], passport_pb2.Passport()),
            [json_format.ParseDict(v, validation_pb2.Validation()) for v in read["validations"]])


def _read(folder, name):
    return json.loads((FOLDER / folder / f"{name}.json").read_text(encoding="utf-8"))
