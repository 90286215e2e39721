"""Who may include whom."""
import re

from house.tree import Finding, rule

# Room -> the rooms that it may use. Tests mirror the rooms: tests/matcher sees what matcher sees.
MAY_USE = {
    "storage": {"storage", "proto"},
    "matcher": {"matcher"},
    "service": {"service", "storage", "matcher", "proto"},
}
FOREIGN_PREFIXES = ("absl/", "benchmark/", "gmock/", "google/", "grpc/", "grpcpp/", "gtest/", "hwy/",
                    "nlohmann/", "rocksdb/", "spdlog/", "unicode/")
# What would bring I/O, a clock, randomness or a wire format into the pure room.
IMPURE = re.compile(r"^(chrono|cstdio|ctime|filesystem|fstream|iostream|random|thread|time\.h|"
                    r"absl/time/.*|absl/random/.*|google/.*|grpc.*|passend/.*|rocksdb/.*|sodium.*)$")
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')


def includes(tree, path):
    for number, line in tree.code(path):
        match = INCLUDE.match(line)
        if match:
            yield number, match.group(1)


def room_of(include):
    if include.startswith("passend/"):
        return "proto"
    first = include.split("/")[0]
    return first if first in MAY_USE and "/" in include else None


@rule("layers", "let service join storage and matcher, and pass what is needed as a value")
def layers(tree):
    for room, allowed in MAY_USE.items():
        folders = (f"{room}/", f"tests/{room}/")
        for path in (p for p in tree.cpp() if p.startswith(folders)):
            for number, include in includes(tree, path):
                used = room_of(include)
                if used and used not in allowed:
                    yield Finding(path, number, f"{room} may not use {used}: {include}")
                if include.startswith("tests/") and not path.startswith("tests/"):
                    yield Finding(path, number, f"product code may not use tests: {include}")


@rule("matcher-is-pure", "pass time, seeds and data in as arguments")
def matcher_is_pure(tree):
    for path in tree.cpp("matcher/"):
        for number, include in includes(tree, path):
            if IMPURE.match(include):
                yield Finding(path, number, f"matcher may not include {include}")


@rule("storage-without-grpc", "keep gRPC in service: a translation unit with it costs five seconds")
def storage_without_grpc(tree):
    for folder in ("storage/", "tests/storage/"):
        for path in tree.cpp(folder):
            for number, include in includes(tree, path):
                if include.startswith("grpc"):
                    yield Finding(path, number, f"storage may not include {include}")


@rule("includes-from-root", 'write the path from the root, as "matcher/top_k.h"')
def includes_from_root(tree):
    quoted = re.compile(r'^\s*#\s*include\s*"([^"]+)"')
    protos = {p[len("proto/"):-len(".proto")] for p in tree.matching(".proto", under="proto/")}
    for path in tree.cpp():
        for number, line in tree.lines(path):
            match = quoted.match(line)
            if not match or match.group(1) in tree.files:
                continue
            include = match.group(1)
            stem = re.sub(r"(\.grpc)?\.pb\.h$", "", include)
            if include.startswith("passend/") and stem in protos:
                continue
            if not include.startswith(FOREIGN_PREFIXES):
                yield Finding(path, number, f"no such file: {include}")


@rule("no-include-cycles", "move what both need into a header of its own")
def no_include_cycles(tree):
    headers = tree.matching(".h")
    graph = {path: sorted({i for _, i in includes(tree, path)} & set(headers)) for path in headers}
    done, trail = set(), []

    def visit(path):
        if path in trail:
            yield Finding(path, 1, "a circle: " + " -> ".join(trail[trail.index(path):] + [path]))
            return
        if path in done:
            return
        trail.append(path)
        for included in graph[path]:
            yield from visit(included)
        trail.pop()
        done.add(path)

    for path in headers:
        yield from visit(path)
