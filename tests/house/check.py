#!/usr/bin/env python3
"""Checks the house rules: what reviews should not have to be about. Runs in about a second.

    tests/house/check.py                 checks the project
    tests/house/check.py --rule layers   one rule only
    tests/house/check.py --list          names the rules

Exit code 1 when something is found; each finding says what to do instead.
"""
import argparse
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from house import cpp, layering, proto, rooms, words  # noqa: E402,F401  (they register rules)
from house.tree import RULES, Tree  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description="Checks the house rules.")
    parser.add_argument("--root", default=pathlib.Path(__file__).resolve().parents[2])
    parser.add_argument("--rule", choices=[rule.name for rule in RULES])
    parser.add_argument("--list", action="store_true")
    arguments = parser.parse_args()
    rules = [rule for rule in RULES if arguments.rule in (None, rule.name)]
    if arguments.list:
        for rule in rules:
            print(f"{rule.name:28} {rule.instead}")
        return 0
    tree = Tree(arguments.root)
    broken = 0
    for rule in rules:
        findings = sorted(set(rule.check(tree)))
        broken += bool(findings)
        for finding in findings:
            print(f"{finding.path}:{finding.line}: {rule.name}: {finding.message}")
        if findings:
            print(f"    instead: {rule.instead}")
    print(f"house rules over {len(tree.files)} files: {len(rules) - broken} passed, {broken} failed")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
