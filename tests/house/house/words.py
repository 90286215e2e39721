"""Words that must not stand in the project."""
import re

from house.tree import Finding, rule

# Put together from parts, so that this file passes its own check.
UNFINISHED = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X"]) + r")\b")
MACHINE_PATHS = re.compile(r"(?<![\w.$}~/])/(" + "|".join(["work", "root", "home", "Users", "farm"])
                           + r")/[\w.]")
REGISTRIES = re.compile("|".join([r"registry\." + "npmjs", "npm" + r"mirror\.", r'"reso' + r'lved":',
                                  r"deb\." + r"debian\.org", "pypi" + r"\.org"]))
BINARY = (".png", ".jpg", ".gz", ".ico", ".bin", ".sst", ".woff2")


def _each_line(tree, pattern, message):
    for path in tree.files:
        if path.endswith(BINARY):
            continue
        for number, line in tree.lines(path):
            match = pattern.search(line)
            if match:
                yield Finding(path, number, f"{message}: {match.group(0)}")


@rule("nothing-unfinished", "finish it, or leave it out and say so under what it does not do yet")
def nothing_unfinished(tree):
    return _each_line(tree, UNFINISHED, "a mark of unfinished work")


@rule("no-machine-paths", "a path from the root, from a variable or from mktemp")
def no_machine_paths(tree):
    return _each_line(tree, MACHINE_PATHS, "a path of one machine")


@rule("no-registry-hosts", "names and versions only; the registry is whoever builds's own setting")
def no_registry_hosts(tree):
    return _each_line(tree, REGISTRIES, "names a package registry")
