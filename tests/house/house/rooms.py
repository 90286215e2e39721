"""How folders, builds and scripts are kept."""
import os
import re

from house.tree import Finding, rule

ROOMS = ("proto", "storage", "matcher", "service", "tests", "deploy")
CARD = ("purpose", "may use", "may not use", "invariants")
DRAWERS = {"common", "helpers", "misc", "util", "utils"}
DECISION = ("Decision.", "Why.", "Alternatives.", "Consequence.", "Revisit when")


@rule("cmake-without-glob", "list the files: a build must notice a new one")
def cmake_without_glob(tree):
    for path in tree.matching("CMakeLists.txt", ".cmake"):
        for number, line in tree.lines(path):
            if re.search(r"\bGLOB(_RECURSE)?\b", line.split("#")[0]):
                yield Finding(path, number, "GLOB")


@rule("sources-are-built", "list the file in the CMakeLists.txt of its folder or of one above")
def sources_are_built(tree):
    for path in tree.matching(".cc"):
        folder, listed = os.path.dirname(path), False
        while folder and not listed:
            build = folder + "/CMakeLists.txt"
            if build in tree.files:
                name = re.escape(os.path.relpath(path, folder))
                listed = re.search(rf"(?<![\w/]){name}(?![\w.])", tree.text(build)) is not None
            folder = os.path.dirname(folder)
        if not listed:
            yield Finding(path, 1, "no CMakeLists.txt names it")


@rule("no-drawers", "name the folder after what is in it")
def no_drawers(tree):
    seen = set()
    for path in tree.files:
        for folder in os.path.dirname(path).split("/"):
            if folder in DRAWERS and folder not in seen:
                seen.add(folder)
                yield Finding(path, 1, f"a folder named {folder}")


@rule("room-cards", "a README.md with a table of " + ", ".join(CARD) + ", and where to start reading")
def room_cards(tree):
    for room in ROOMS:
        path = f"{room}/README.md"
        if path not in tree.files:
            yield Finding(path, 1, "the room has no README.md")
            continue
        for row in CARD:
            if not re.search(rf"^\| *{row} *\|", tree.text(path), flags=re.M):
                yield Finding(path, 1, f"the card has no row '{row}'")
        if "start reading" not in tree.text(path):
            yield Finding(path, 1, "does not say where to start reading")


@rule("decisions", "a heading '## 2026-11-21 What was decided' and the fields " + " ".join(DECISION))
def decisions(tree):
    for path in tree.matching("DECISIONS.md"):
        text = tree.text(path)
        for match in re.finditer(r"^## (.*)\n((?:(?!^## ).*\n?)*)", text, flags=re.M):
            line = text[:match.start()].count("\n") + 1
            title, body = match.groups()
            if not re.match(r"\d{4}-\d{2}-\d{2} \S", title):
                yield Finding(path, line, "the heading has no date")
            for field in DECISION:
                if f"**{field}" not in body:
                    yield Finding(path, line, f"no field '{field}'")


@rule("scripts", "start with '#!/usr/bin/env bash', set -euo pipefail, chmod +x")
def scripts(tree):
    for path in tree.matching(".sh", ".ci/run"):
        text = tree.text(path)
        sourced = text.startswith("# Sourced")
        if sourced:
            continue
        if not text.startswith("#!/usr/bin/env bash\n"):
            yield Finding(path, 1, "the first line")
        if not re.search(r"^set -euo pipefail$", text, flags=re.M):
            yield Finding(path, 1, "a failing command would go unnoticed")
        if not os.access(tree.root / path, os.X_OK):
            yield Finding(path, 1, "cannot be executed")
