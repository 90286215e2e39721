"""What history_check.py takes for right, and what not, in histories of a few operations."""
import unittest

import history_check
from history_check import Operation


class Register:
    """A history that is written down operation by operation, each after the one before."""

    def __init__(self):
        self.operations, self.clock = [], 0.0

    def did(self, kind, outcome="done", **more):
        self.operations.append(Operation(kind, "tasks/a", 0, outcome=outcome, invoked=self.clock,
                                         returned=self.clock + 1, **more))
        self.clock += 2
        return self

    def faults(self):
        return list(history_check.faults(self.operations))


def read(version, value):
    return {"kind": "read", "version": version, "value": value}


def written(base, value, version):
    return {"kind": "write", "base": base, "value": value, "version": version}


def lost(base, value):
    return {"kind": "write", "outcome": "lost", "base": base, "value": value}


def refused(base, value):
    return {"kind": "write", "outcome": "refused", "base": base, "value": value}


def faults_of(*operations):
    register = Register()
    for operation in operations:
        register.did(**operation)
    return register.faults()


class HistoryCheckTest(unittest.TestCase):
    def test_reads_and_writes_in_turn_are_right(self):
        self.assertEqual(faults_of(read(1, "a"), written(1, "b", 2), read(2, "b")), [])

    def test_a_refusal_of_a_stale_write_is_right(self):
        self.assertEqual(faults_of(read(1, "a"), written(1, "b", 2), refused(1, "c"),
                                   read(2, "b")), [])

    def test_a_refusal_of_a_write_on_the_newest_version_is_found(self):
        self.assertRegex(faults_of(read(1, "a"), refused(1, "c"), read(1, "a"))[0],
                         "on the newest version 1 was refused")

    def test_a_lost_write_that_took_place_refuses_those_after_it(self):
        self.assertEqual(faults_of(read(1, "a"), lost(1, "b"), refused(1, "c"), read(2, "b")), [])

    def test_a_lost_write_that_did_not_take_place_refuses_nobody(self):
        self.assertRegex(faults_of(read(1, "a"), lost(1, "b"), refused(1, "c"), read(1, "a"))[0],
                         "on the newest version 1 was refused")

    def test_of_two_lost_writes_either_may_have_made_a_version(self):
        self.assertEqual(faults_of(read(1, "a"), lost(1, "b"), refused(1, "c"), lost(1, "b"),
                                   read(2, "b")), [])
        late_first = Register().did(**read(1, "a")).did(**lost(1, "b")).did(**refused(1, "c"))
        late_first.did(**lost(1, "b")).did(**read(2, "b"))
        late_first.operations.reverse()  # callers are not in the order of time
        self.assertEqual(late_first.faults(), [])

    def test_a_lost_write_of_another_value_did_not_make_the_version(self):
        self.assertRegex(faults_of(read(1, "a"), lost(1, "b"), read(2, "c"))[0],
                         "nobody wrote version 2")

    def test_a_read_that_goes_back_is_found(self):
        self.assertRegex(faults_of(read(1, "a"), written(1, "b", 2), read(1, "a"))[0],
                         "has version 1, after 2 was known")


if __name__ == "__main__":
    unittest.main()
