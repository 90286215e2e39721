#!/usr/bin/python3
"""Changes the scoring core by one operator at a time, and looks whether its tests notice.

    tests/stress/mutants.py [--count 40] [--seed 7] [--list] [--build build/mutants]

A mutant is one changed token: a comparison, an arithmetic or logical operator, a number, a minimum
or maximum, a condition. The sources are copied, never changed in place. A mutant is killed where a
test fails or runs out of time; one that does not compile counts for nothing. Prints each survivor
with its place and each that ran out of time, and at the end `killed: 37 of 40`. Exit code 0,
whatever survives.

--canary changes nothing and expects every test to pass: then what is killed below is killed by the
change.
"""
import argparse
import pathlib
import random
import re
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
# What a score is made of; the index, which has to equal it, is not among them.
CORE = [
    "ability_fit.cc", "ageing_table.cc", "broader_circle.cc", "certainty.cc", "combine.h",
    "judge.cc", "log_table.cc", "pace_fit.cc", "reference_scorer.cc", "support_fit.cc",
    "travel.cc", "wish_fit.cc", "work_gates.cc",
]
# Operators stand between spaces here; angle brackets of templates do not.
SWAPS = [
    (r" < ", [" <= "]), (r" <= ", [" < "]), (r" > ", [" >= "]), (r" >= ", [" > "]),
    (r" == ", [" != "]), (r" != ", [" == "]),
    (r" \+ ", [" - "]), (r" - ", [" + "]), (r" \* ", [" / "]), (r" / ", [" * "]),
    (r" && ", [" || "]), (r" \|\| ", [" && "]),
    (r" \+= ", [" -= "]), (r" -= ", [" += "]),
    (r"\bstd::min\b", ["std::max"]), (r"\bstd::max\b", ["std::min"]),
    (r"\btrue\b", ["false"]), (r"\bfalse\b", ["true"]),
    (r"\bcontinue;", ["break;"]),
]
NUMBER = re.compile(r"(?<![\w.'\"])(\d[\d']*)(?![\w.'\"])")
CONDITION = re.compile(r"\bif \((?!\w+ \w+ = )(?P<condition>.+)\) ?(?P<rest>\{|return|continue|break)")
BUILD_SECONDS_MAX = 600
TEST_SECONDS_MAX = 300
# Half of the time goes to these, and most mutants fall without them.
SLOW_TESTS = "MatchIndexOracle.*"


class Mutant:
    """One change: of a line of a file, from one text to another."""

    def __init__(self, name, line, before, after):
        self.name, self.line, self.before, self.after = name, line, before, after

    def __str__(self):
        return f"{self.name}:{self.line + 1}\n    - {self.before.strip()}\n    + {self.after.strip()}"


def code_lines(text):
    """The numbers and texts of lines in which something may be changed."""
    for number, line in enumerate(text.splitlines()):
        code = line.split("//")[0]
        stripped = code.strip()
        if not stripped or stripped.startswith("#") or '"' in code or "static_assert" in code:
            continue
        if stripped.startswith(("template", "using", "namespace", "case ")):
            continue
        yield number, line, code


def mutants_of(name, text):
    for number, line, code in code_lines(text):
        rest = line[len(code):]
        for pattern, others in SWAPS:
            for match in re.finditer(pattern, code):
                for other in others:
                    changed = code[:match.start()] + other + code[match.end():]
                    yield Mutant(name, number, line, changed + rest)
        for match in NUMBER.finditer(code):
            value = int(match.group(1).replace("'", ""))
            changed = code[:match.start()] + str(value + 1) + code[match.end():]
            yield Mutant(name, number, line, changed + rest)
        match = CONDITION.search(code)
        if match:
            begin, end = match.span("condition")
            changed = f"{code[:begin]}!({code[begin:end]}){code[end:]}"
            yield Mutant(name, number, line, changed + rest)


def all_mutants():
    found = []
    for name in CORE:
        found += mutants_of(name, (ROOT / "matcher" / name).read_text())
    return found


class Workshop:
    """A copy of the sources, built and tested again and again."""

    def __init__(self, folder):
        self.folder = folder
        self.sources = folder / "sources"
        self.build = folder / "build"
        shutil.rmtree(self.sources, ignore_errors=True)
        keep = shutil.ignore_patterns("build", ".git", "node_modules")
        shutil.copytree(ROOT, self.sources, ignore=keep, symlinks=True)

    def run(self, command, seconds):
        try:
            done = subprocess.run(command, cwd=self.folder, capture_output=True, timeout=seconds,
                                  check=False)
        except subprocess.TimeoutExpired:
            return None
        return done.returncode == 0

    def configure(self):
        return self.run(["cmake", "-S", str(self.sources), "-B", str(self.build), "-G", "Ninja",
                         "-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_CXX_FLAGS_DEBUG=-O1",
                         "-DPASSEND_SERVICE=OFF"], BUILD_SECONDS_MAX)

    def compiles(self):
        return self.run(["ninja", "-C", str(self.build), "matcher_tests"], 4 * BUILD_SECONDS_MAX)

    def passes(self):
        """All tests, the quick ones first. None where they run out of time."""
        for tests in (f"-{SLOW_TESTS}", SLOW_TESTS):
            passes = self.run([str(self.build / "bin" / "matcher_tests"), "--gtest_fail_fast",
                               "--gtest_brief=1", f"--gtest_filter={tests}"], TEST_SECONDS_MAX)
            if not passes:
                return passes
        return True

    def put(self, mutant, text):
        path = self.sources / "matcher" / mutant.name
        lines = path.read_text().split("\n")
        assert lines[mutant.line] == text[0], mutant
        lines[mutant.line] = text[1]
        path.write_text("\n".join(lines))

    def outcome(self, mutant):
        self.put(mutant, (mutant.before, mutant.after))
        try:
            if not self.compiles():
                return "does not compile"
            passes = self.passes()
            if passes is None:
                print(f"out of time: {mutant}", flush=True)
            return "survived" if passes else "killed"
        finally:
            self.put(mutant, (mutant.after, mutant.before))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--canary", action="store_true")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build" / "mutants")
    asked = parser.parse_args()
    mutants = all_mutants()
    if asked.list:
        for mutant in mutants:
            print(mutant)
        print(f"possible: {len(mutants)}")
        return 0
    random.Random(asked.seed).shuffle(mutants)
    workshop = Workshop(asked.build.resolve())
    if not workshop.configure() or not workshop.compiles() or not workshop.passes():
        print("the core does not pass as it is: no mutant says anything", file=sys.stderr)
        return 2
    print("canary: the unchanged core passes")
    if asked.canary:
        return 0
    started = time.monotonic()
    counts = {"killed": 0, "survived": 0, "does not compile": 0}
    for mutant in mutants:
        if counts["killed"] + counts["survived"] >= asked.count:
            break
        outcome = workshop.outcome(mutant)
        counts[outcome] += 1
        if outcome == "survived":
            print(f"survived: {mutant}", flush=True)
        tried = counts["killed"] + counts["survived"]
        print(f"\r{tried} of {asked.count}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    tried = counts["killed"] + counts["survived"]
    print(f"possible: {len(mutants)}")
    print(f"seed: {asked.seed}")
    print(f"did not compile: {counts['does not compile']}")
    print(f"seconds: {time.monotonic() - started:.0f}")
    print(f"killed: {counts['killed']} of {tried}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
