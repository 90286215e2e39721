"""Whether a history of operations is that of registers with compare-and-set.

Each record has versions that only grow. A write names the version that it is based on, and the value;
where it was done, the answer has the version that it made. A read has a version and its value. What
is asked for, of each record by itself:

  chain    a version is made by one write; its base is the version right before it
  value    who reads a version gets what its write wrote
  order    what begins after something else has ended is not before it: reads do not go back, for
           nobody, and a write comes after everything that was known before it began
  future   nothing is read before its write began
  refusal  a write is refused only where its base was not the newest any more

A write whose answer was lost took place at any time after it began, or not at all: it may be the one
that made a version that no other made. So that the last version is known too, a history has to end
with a read of each record. With versions in one order this is linearizability.
"""
import collections
import copy
import dataclasses


@dataclasses.dataclass
class Operation:
    kind: str  # read, write
    record: str
    caller: int
    base: int = 0  # of a write
    value: str = ""
    version: int = 0  # read, or made
    invoked: float = 0.0
    returned: float = 0.0
    outcome: str = ""  # done, refused, lost


def faults(history):
    """What is wrong, in words."""
    records = collections.defaultdict(list)
    for operation in history:
        records[operation.record].append(operation)
    return [fault for name in sorted(records) for fault in _faults_of(name, records[name])]


def _faults_of(name, operations):
    done = [one for one in operations if one.outcome == "done"]
    writes = [one for one in done if one.kind == "write"]
    made = {}
    for write in writes:
        if write.version in made:
            yield f"{name}: version {write.version} was made twice"
        made[write.version] = write
    lost = [one for one in operations if one.kind == "write" and one.outcome == "lost"]
    reads = [one for one in done if one.kind == "read"]
    seen = {write.base for write in writes} | {read.version for read in reads} | set(made)
    first = min(seen, default=0)
    yield from _attribute_lost(name, sorted(seen - set(made) - {first}), made, lost, reads)
    yield from _check_chain(name, made, first)
    yield from _check_reads(name, reads, made)
    yield from _check_order(name, done)
    yield from _check_refusals(name, operations, made)


def _attribute_lost(name, versions, made, lost, reads):
    """Each version that no answer told of is of one write whose answer was lost."""
    values = {read.version: read.value for read in reads}
    left = list(lost)
    for version in versions:
        before = max((other for other in made if other < version), default=None)
        fits = [one for one in left if one.base < version
                and (version not in values or one.value == values[version])
                and (before is None or one.base <= before or one.base in versions)]
        # The one that is based on the version right before it, where that is known; of two that can
        # have made it, the one that can have made it earlier.
        fits.sort(key=lambda one: (-one.base, one.invoked))
        if not fits:
            yield f"{name}: nobody wrote version {version}"
            continue
        left.remove(fits[0])
        write = copy.copy(fits[0])
        write.version, write.returned = version, float("inf")
        made[version] = write


def _check_chain(name, made, first):
    before = first
    for version in sorted(made):
        if version == first:
            continue
        if made[version].base != before:
            yield (f"{name}: version {version} was made of {made[version].base}, "
                   f"and the one before it is {before}")
        before = version


def _check_reads(name, reads, made):
    for read in reads:
        write = made.get(read.version)
        if write is None:
            continue  # the first version
        if write.value != read.value:
            yield f"{name}: version {read.version} is {write.value!r}, and {read.value!r} was read"
        if write.invoked > read.returned:
            yield f"{name}: version {read.version} was read before it was written"


def _check_order(name, done):
    ended = sorted(done, key=lambda one: one.returned)
    newest, place = 0, 0
    for one in sorted(done, key=lambda one: one.invoked):
        while place < len(ended) and ended[place].returned < one.invoked:
            newest = max(newest, ended[place].version)
            place += 1
        known = one.version if one.kind == "read" else one.base
        if known < newest:
            yield (f"{name}: a {one.kind} by caller {one.caller} has version {known}, "
                   f"after {newest} was known")


def _check_refusals(name, operations, made):
    begun = sorted(made.items())
    for one in operations:
        if one.outcome != "refused":
            continue
        if not any(version > one.base and write.invoked < one.returned
                   for version, write in begun):
            yield f"{name}: a write on the newest version {one.base} was refused"


def harms(history, choices):
    """Histories with one thing wrong in each, and what that is."""
    def some(kind, outcome="done", fits=lambda one: True):
        return choices.choice([i for i, one in enumerate(history)
                               if one.kind == kind and one.outcome == outcome and fits(one)])

    def harmed(place, **changes):
        changed = copy.deepcopy(history)
        changed[place] = dataclasses.replace(changed[place], **changes)
        return changed

    bases = {(one.record, one.base) for one in history
             if one.kind == "write" and one.outcome == "done"}
    # One whose value somebody saw: no lost write can have made it.
    seen = {(one.record, one.version) for one in history if one.kind == "read"}
    write = some("write", fits=lambda one: (one.record, one.version) in bases & seen)
    without = copy.deepcopy(history)
    del without[write]
    yield "an acknowledged write that is not there", without
    yield "a write based on another version", harmed(write, base=history[write].base - 1)
    yield "a version that two have made", history + [copy.deepcopy(history[write])]
    late = max((i for i, one in enumerate(history) if one.kind == "read"),
               key=lambda i: history[i].invoked)
    oldest = min((one for one in history if one.record == history[late].record
                  and one.outcome == "done"), key=lambda one: one.returned)
    yield "a read that goes back", harmed(late, version=oldest.version, value=oldest.value)
    read = some("read")
    yield "a value that nobody wrote", harmed(read, value="nobody's", version=history[write].version,
                                              record=history[write].record)
    yield "a read before its write", harmed(write, invoked=float("1e18"), returned=float("1e18"))
    refused = some("write", "refused")
    newest = max(one.version for one in history if one.record == history[refused].record)
    yield "a refusal without a cause", harmed(refused, base=newest)
