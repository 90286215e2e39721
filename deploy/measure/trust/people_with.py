#!/usr/bin/env python3
"""Copies the demonstration's folder, with a text in every free-text field of every person.

Usage: people_with.py FROM TO TEXT
"""

import json
import pathlib
import shutil
import sys


def written_into(person: dict, text: str) -> dict:
    for pace in person["passport"].get("paces", []):
        pace["place"] = text
    for validation in person.get("validations", []):
        validation.update(validator=text, capacity=text, place=text)
        validation["evidence_uri"] = f"https://example.org/{text}"
    return person


def main(source: str, target: str, text: str) -> None:
    shutil.copytree(source, target)
    for path in pathlib.Path(target, "people").iterdir():
        if path.suffix == ".json":
            person = written_into(json.loads(path.read_text()), text)
            path.write_text(json.dumps(person, ensure_ascii=False))
        else:
            people = [json.loads(line) for line in path.read_text().splitlines() if line.strip()]
            lines = [json.dumps(written_into(one, text), ensure_ascii=False) for one in people]
            path.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
