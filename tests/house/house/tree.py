"""The files of the project, read once, and what a rule says of them."""
import dataclasses
import functools
import os
import pathlib
import re
import subprocess

NOT_OURS = {".git", "build", "node_modules", "__pycache__"}
# The wire-compatible parts of Google's common protos; they keep Google's shape.
FOREIGN = ("proto/google/",)


@dataclasses.dataclass(frozen=True, order=True)
class Finding:
    path: str
    line: int
    message: str


class Tree:
    """Paths are relative to the root, with slashes. A folder without git is walked."""

    def __init__(self, root):
        self.root = pathlib.Path(root)
        self.files = sorted(path for path in self._list() if not path.startswith(FOREIGN))

    def _list(self):
        git = subprocess.run(
            ["git", "-C", str(self.root), "ls-files", "-z", "-co", "--exclude-standard"],
            capture_output=True, text=True)
        if git.returncode == 0 and (self.root / ".git").exists():
            return [path for path in git.stdout.split("\0")
                    if path and (self.root / path).is_file()]
        found = []
        for folder, folders, names in os.walk(self.root):
            folders[:] = [name for name in folders if name not in NOT_OURS]
            found += [os.path.relpath(os.path.join(folder, name), self.root) for name in names]
        return found

    def matching(self, *endings, under=""):
        return [path for path in self.files if path.endswith(endings) and path.startswith(under)]

    def cpp(self, under=""):
        return self.matching(".cc", ".h", under=under)

    @functools.lru_cache(maxsize=None)
    def text(self, path):
        return (self.root / path).read_text(encoding="utf-8", errors="replace")

    def lines(self, path):
        return list(enumerate(self.text(path).splitlines(), 1))

    @functools.lru_cache(maxsize=None)
    def code(self, path):
        """Numbered lines of C++ with comments and the inside of strings blanked out."""
        def blank(match):
            token = match.group(0)
            if token.startswith('"'):
                return '""'
            return "\n" * token.count("\n")
        pattern = r'"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*.*?\*/'
        keep_includes = re.sub(r'^(#include )"([^"]+)"', r"\1<\2>", self.text(path), flags=re.M)
        return list(enumerate(re.sub(pattern, blank, keep_includes, flags=re.S).splitlines(), 1))


@dataclasses.dataclass(frozen=True)
class Rule:
    name: str
    instead: str
    check: object


RULES = []


def rule(name, instead):
    """Registers a check: a generator of Findings over a Tree. `instead` says what to do."""
    def register(check):
        RULES.append(Rule(name, instead, check))
        return check
    return register


def findings_in_code(tree, paths, pattern, message):
    """A finding for each line of code that the pattern is in."""
    wanted = re.compile(pattern)
    for path in paths:
        for number, line in tree.code(path):
            if wanted.search(line):
                yield Finding(path, number, message)
