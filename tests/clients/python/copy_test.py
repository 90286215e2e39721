"""A copy elsewhere, kept by a file of records: two servers, and only the file between them."""
import datetime
import json
import os
import pathlib
import subprocess
import tempfile
import time
import unittest

from own_server import OwnServer

PASSEND = pathlib.Path(os.environ["PASSENDD"]).with_name("passend")
SECONDS_MAX = 60


def passend(server, *arguments, said=""):
    """What the command prints."""
    done = subprocess.run([PASSEND, "--server", server.address, *map(str, arguments)], input=said,
                          capture_output=True, text=True, timeout=120, check=False)
    if done.returncode != 0:
        raise AssertionError(f"{arguments}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def push(server, partner, record):
    told = passend(server, "--json", "sync", "push", "--partner", partner, said=json.dumps(record))
    return json.loads(told)["passport"]


def bring(server, partner, external_id, region="drenthe", **passport):
    return push(server, partner, {"external_id": external_id, "upsert": {
        "passport": {"region": region, **passport}}})


class CopyTest(unittest.TestCase):
    def setUp(self):
        self.here, self.there = OwnServer(), OwnServer()
        self.addCleanup(self.here.remove)
        self.addCleanup(self.there.remove)
        folder = tempfile.TemporaryDirectory(prefix="passend.")
        self.addCleanup(folder.cleanup)
        self.file = pathlib.Path(folder.name) / "records.jsonl"

    def export(self, *options):
        return passend(self.here, "export", self.file, "--partner", "delft", "--records", *options)

    def copy_until(self, expected, *options, summary=""):
        """Exports what is new and imports it until the copy has these ids. An export may be of a
        moment just before the last commit: what it lacks is in the next one."""
        deadline = time.monotonic() + SECONDS_MAX
        while True:
            said = self.export(*options)
            passend(self.there, "import", self.file, "--partner", "delft")
            if self.has() == expected and summary in said:
                break
            self.assertLess(time.monotonic(), deadline, f"{self.has()}; {said}")
        self.assertIn("Nothing differs", self.reconcile())

    def reconcile(self):
        return passend(self.there, "sync", "reconcile", self.file, "--partner", "delft")

    def has(self):
        """The ids that the copy has."""
        told = passend(self.there, "--json", "sync", "watch", "--once", "--partner", "delft")
        return {change["external_id"] for part in map(json.loads, told.splitlines())
                for change in part.get("changes", [])}

    def share(self, passport):
        passend(self.here, "consent", "grant", passport, "--to", "partners/delft", "--for", "sync",
                "--what", "identity", "--what", "basic", "--until",
                datetime.date.today() + datetime.timedelta(days=300))

    def test_whoever_was_erased_is_erased_at_the_copy(self):
        for external_id in ("c-17", "c-18"):
            bring(self.here, "delft", external_id)
        self.copy_until({"c-17", "c-18"})
        push(self.here, "delft", {"external_id": "c-17", "erase": {}})
        self.copy_until({"c-18"}, summary="erased: 1")

    def test_whoever_withdrew_is_gone_from_the_copy_until_they_share_again(self):
        bring(self.here, "delft", "c-18")
        passport = bring(self.here, "other", "o-1")
        self.share(passport)
        own_id = passport.removeprefix("passports/")
        self.copy_until({"c-18", own_id})
        consents = json.loads(passend(self.here, "--json", "consent", "list", passport))
        passend(self.here, "consent", "revoke", consents["consents"][0]["name"])
        self.copy_until({"c-18"}, summary="no longer shared: 1")
        self.share(passport)
        self.copy_until({"c-18", own_id + ".2"})

    def test_whoever_moved_is_gone_from_the_copy_of_a_region(self):
        for external_id in ("c-17", "c-18"):
            bring(self.here, "delft", external_id)
        self.copy_until({"c-17", "c-18"}, "--region", "drenthe")
        bring(self.here, "delft", "c-17", region="zeeland")
        self.copy_until({"c-18"}, "--region", "drenthe", summary="moved to another region: 1")

    def test_whoever_gets_an_id_later_is_one_person_at_the_copy(self):
        passport = bring(self.here, "other", "o-1", partners=["partners/delft"])
        own_id = passport.removeprefix("passports/")
        self.copy_until({own_id}, summary="1 people and changes")
        push(self.here, "delft", {"external_id": "c-55", "upsert": {
            "passport": {"name": passport}}})
        self.copy_until({own_id}, summary="2 people and changes")
        bring(self.here, "other", "o-1", region="zeeland")
        self.copy_until({own_id}, summary="3 people and changes")


if __name__ == "__main__":
    unittest.main()
