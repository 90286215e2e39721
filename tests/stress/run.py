#!/usr/bin/python3
"""Runs families of stress tests, one after the other, and says in one line what became of each.

    tests/stress/run.py --list                    the families, and what each does
    tests/stress/run.py power harm                these, in their short size
    tests/stress/run.py all --long                every one, for hours
    tests/stress/run.py cancels --seed 11         the same choices again
    tests/stress/run.py all --canary              each has something planted that it has to find

--build dev|release|asan-ubsan: the programs of which preset; they have to be built. What a family says
in full goes to build/logs/stress/. A line is `passed`, `FAILED` or `skipped`, the family, its seed, its
numbers and how long it took; of what failed the end of its log is shown. Exit code: 0 where none
failed and one at least was not skipped, 1 where one failed, 2 where there is nothing to run.
"""
import argparse
import os
import pathlib
import re
import signal
import subprocess
import sys
import time

from families import FAMILIES, SKIPPED

ROOT = pathlib.Path(__file__).resolve().parents[2]
LOGS = ROOT / "build/logs/stress"
SHORT_SECONDS_MAX, LONG_SECONDS_MAX = 900, 24 * 3600
ENDING_SECONDS_MAX = 20  # then it is killed


def command_of(family, asked):
    size = family.canary if asked.canary else family.long if asked.long else family.short
    words = [*family.command, *size]
    if asked.seed is not None and family.repeats:
        words += ["--seed", str(asked.seed)]
    return [word.replace("{bin}", str(ROOT / f"build/{asked.build}/bin")) for word in words]


def run_logged(command, log, seconds_max):
    """The exit code; None where it came to no end. Whatever it started ends with it."""
    with open(log, "wb") as to:
        process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=to, stderr=to,
                                   start_new_session=True)
        try:
            return process.wait(timeout=seconds_max)
        except subprocess.TimeoutExpired:
            return None
        finally:
            end(process)


def end(process):
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
            process.wait(timeout=ENDING_SECONDS_MAX)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            pass


def run(family, asked):
    """passed, FAILED or skipped; says the line."""
    name = family.name + ("-canary" if asked.canary else "")
    log = LOGS / f"{name}.log"
    missing = family.program and not (ROOT / f"build/{asked.build}/bin/{family.program}").exists()
    started = time.monotonic()
    output = ""
    if missing:
        verdict, said = "FAILED", f"not built: cmake --build build/{asked.build} --target {family.program}"
    else:
        code = run_logged(command_of(family, asked), log,
                          LONG_SECONDS_MAX if asked.long else SHORT_SECONDS_MAX)
        output = log.read_text(encoding="utf-8", errors="replace")
        seed = re.search(r"\bseed:? (\d+)", output)
        verdict = {0: "passed", SKIPPED: "skipped"}.get(code, "FAILED")
        said = family.numbers(output)
        if verdict == "skipped":
            said = output.strip().rpartition("\n")[2]
        elif asked.canary:
            said = "what was planted was " + ("found" if code == 0 else "MISSED, or more is wrong")
        if code is None:
            said = f"does not come to an end; {said}"
        if seed:
            said = f"seed {seed[1]}, {said}"
    print(f"{verdict:7} {name}: {said}, {time.monotonic() - started:.0f} s", flush=True)
    if verdict == "FAILED" and not missing:
        print(f"--- the end of {log.relative_to(ROOT)}\n{output[-6000:]}---", file=sys.stderr, flush=True)
    return verdict


def chosen(names):
    known = {family.name: family for family in FAMILIES}
    unknown = [name for name in names if name != "all" and name not in known]
    if unknown:
        sys.exit(f"no such family: {', '.join(unknown)}; there are: all, {', '.join(known)}")
    return FAMILIES if "all" in names else [known[name] for name in names]


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("families", nargs="*", metavar="FAMILY")
    parser.add_argument("--list", action="store_true", help="names the families")
    parser.add_argument("--seed", type=int)
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--long", action="store_true")
    size.add_argument("--canary", action="store_true")
    parser.add_argument("--build", choices=["dev", "release", "asan-ubsan"], default="dev")
    asked = parser.parse_args()
    if asked.list:
        for family in FAMILIES:
            print(f"{family.name:20} {family.does}")
            print(f"{'':20}   a seed repeats {family.repeats or 'nothing: there is none'}")
        return 0
    families = chosen(asked.families)
    if not families:
        parser.print_usage()
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    LOGS.mkdir(parents=True, exist_ok=True)
    verdicts = [run(family, asked) for family in families]
    print(", ".join(f"{verdicts.count(verdict)} {verdict}"
                    for verdict in ("passed", "FAILED", "skipped")))
    if "FAILED" in verdicts:
        return 1
    return 0 if "passed" in verdicts else 2


if __name__ == "__main__":
    sys.exit(main())
