"""The families of stress tests that run.py runs: how each is called, in its short and its long size.

A family's program takes --seed (or says that it has none) and --canary, exits with 0 where all is
right or the canary was found, and with 77 where what it needs is not to be had here; then its last
line says what. {bin} is the folder of the built programs.
"""
import dataclasses
import re

SKIPPED = 77
# What --list and the table in README.md say of a family whose runs are not twice the same.
CHOICES_ONLY = "its choices, not the timing"

# What a family says whose server has a sanitizer in it.
NOT_COUNTED = "limits of memory and time do not count under the sanitizer"


@dataclasses.dataclass(frozen=True)
class Family:
    name: str
    does: str
    command: tuple
    short: tuple = ()
    long: tuple = ()
    canary: tuple = ("--canary",)  # instead of the size
    repeats: str = CHOICES_ONLY  # what a seed repeats; empty: there is no seed
    program: str = "passendd"  # what has to be built
    figures: tuple = ()  # names of those for the one line; none: the last line is that already

    def numbers(self, output):
        """What its output says, in one line without seed and verdict."""
        if not self.figures:
            lines = [line for line in output.splitlines() if line.startswith(("passed", "FAILED"))]
            said = re.sub(r"^(passed|FAILED)(, canary)?[:,] *", "", lines[-1]) if lines else ""
            return re.sub(r"seed \d+(, *)?", "", said).strip(", ")
        found = dict(re.findall(r"^([^:\n]+): ([-+0-9.e]+)$", output, re.MULTILINE))
        said = [f"{name} {found[name]}" for name in self.figures if name in found]
        return ", ".join(said + [NOT_COUNTED] * (NOT_COUNTED in output))


def store(name, does, **more):
    return Family(name, does, ("{bin}/disk_stress_test", name), program="disk_stress_test",
                  **{"long": ("--long",), "repeats": "everything", **more})


def live(name, does, **more):
    return Family(name, does, ("tests/stress/live.sh", name, "{bin}/passendd"), **more)


def hostile(name, does, *options, **more):
    return Family(name, does, ("tests/stress/hostile_callers.sh", "{bin}/passendd", *options),
                  long=("--times", "20"),
                  figures=("abuses", "faults", "kilobytes beyond those before"), **more)


FAMILIES = [
    Family("store_kills", "kill -9 of a process that commits",
           ("{bin}/store_crash_test",), ("--kills", "30"), ("--kills", "10000"),
           program="store_crash_test"),
    Family("server_kills", "kill -9 of a server that is written to",
           ("tests/stress/server_kills.sh", "{bin}/passendd"), ("--kills", "8"),
           ("--kills", "1000"), ("--kills", "3", "--canary"),
           figures=("kills", "starts killed", "acknowledged", "lost", "torn", "returned", "doubled",
                    "refused", "crashed")),
    store("power", "power cuts: what was not synced is gone",
          repeats="everything but threads of the engine"),
    store("cuts", "logs and lists of files that end at any byte"),
    store("harm", "flipped bits, missing, swapped and older files"),
    store("calls", "calls to the file system that fail",
          repeats="the call that fails, not what threads of the engine do"),
    Family("backups", "harm to files of backups", ("{bin}/backup_stress_test",),
           ("--harms", "60", "--seconds", "0"), ("--harms", "20000", "--seconds", "30"),
           ("--harms", "3", "--canary"), repeats="everything", program="backup_stress_test",
           figures=("not noticed by verify", "restored with other contents",
                    "refused restores that left a database")),
    live("history", "many who write back the same records: is each a register",
         long=("--operations", "100000"),
         figures=("operations done", "operations refused", "operations lost")),
    live("idle_streams", "thousands of idle feeds and streams of pushes",
         short=("--streams", "1000", "--pushes", "1000"),
         long=("--streams", "10000", "--pushes", "1000"),
         figures=("feeds", "kilobytes a feed", "kilobytes a push stream")),
    live("cancels", "calls that are broken off at any moment",
         short=("--calls", "800", "--callers", "4", "--rounds", "2"),
         long=("--calls", "100000", "--rounds", "10", "--quiet", "40000"),
         figures=("calls", "broken off", "writes checked")),
    live("slow_readers", "readers of the feed that read nothing",
         long=("--readers", "300"), repeats="who goes away, not the timing",
         figures=("kilobytes a slow reader", "slow readers that the server waited for")),
    live("open_files", "connections without end, until no file can be opened",
         long=("--rounds", "10"),
         repeats="from which address each comes and who is closed first, not the timing",
         figures=("files at rest", "acknowledged and there")),
    live("rotation", "certificates, keys of tokens and the master key exchanged under load",
         short=("--rounds", "1"), long=("--rounds", "20"),
         canary=("--rounds", "1", "--canary"),
         figures=("calls", "calls that failed, as callers saw",
                  "calls that failed, as the server counted")),
    live("soak", "a mixed load that goes on",
         short=("--seconds", "12", "--rotations", "1"),
         long=("--seconds", "1800", "--rotations", "30", "--quiet", "40000"),
         canary=("--seconds", "24", "--rotations", "1", "--canary"),
         figures=("calls", "kilobytes more in the second half", "files more in the second half, but tables of the store")),
    live("full_disk", "a disk that is full and has room again, and a kill while it is full",
         long=("--rounds", "40"),
         canary=("--rounds", "1", "--canary"), figures=("rounds", "acknowledged")),
    live("clock_jumps", "the system's clock set back and ahead", long=("--rest", "200"),
         program="moved_clock.so",
         figures=("jumps", "calls", "of a processor at rest, at most")),
    hostile("hostile_callers", "callers that abuse HTTP/2"),
    hostile("hostile_callers_edge", "the same, through the edge", "--edge",
            canary=("--edge", "--canary")),
    Family("overload", "five times the calls that the server can answer; builds and measures release",
           ("tests/stress/overload.sh",), (), ("--long",), repeats="", program="",
           figures=("turned away", "goodput under overload, of peak", "priority calls not served")),
]
