"""A passport in a file: written here, erased here, read in elsewhere, and the same there."""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from own_server import OwnServer

PASSEND = pathlib.Path(os.environ["PASSENDD"]).with_name("passend")
DEMO = pathlib.Path(__file__).parents[3] / "deploy" / "demo"
ISSUER = "https://passend.example.org"
# Of the demonstration: with wishes, paces, needs and validations.
PEOPLE = ("early-riser", "transport-is-the-missing-thing", "able-and-willing")
SAID_OF_A_PERSON = ("region", "wishes", "paces", "support")
SAID_OF_A_VALIDATION = ("skill", "level", "validator", "capacity", "place", "evidence_uri")
# What somebody saw is a reference to whoever reads it in; a diploma stays one.
HOW_ELSEWHERE = {"VALIDATION_METHOD_OBSERVED": "VALIDATION_METHOD_REFERENCE",
                 "VALIDATION_METHOD_WORK_SAMPLE": "VALIDATION_METHOD_REFERENCE"}


def by_skill(validations, how=lambda method: method):
    """What is said; of when, the day: a credential tells no more."""
    return sorted(([validation.get(field) for field in SAID_OF_A_VALIDATION] +
                   [validation["validate_time"][:10], how(validation["method"])]
                   for validation in validations), key=str)


class TakeAlongTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="passend.")
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)
        key = self.folder / "key.pem"
        subprocess.run(["openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", key],
                       check=True)
        self.here = self.server("--credential-key-file", key, "--credential-issuer", ISSUER,
                                "--credential-issuer-name", "Here")
        vocabulary, world = self.folder / "vocabulary", self.folder / "world"
        for folder in (vocabulary, world):
            folder.mkdir()
            shutil.copy(DEMO / "taxonomy.jsonl", folder)
        (world / "people").mkdir()
        for person in PEOPLE:
            shutil.copy(DEMO / "people" / f"{person}.json", world / "people")
        self.passend(self.here, "load", world)
        self.passend(self.here, "passport", "status-lists", self.folder / "web")
        keys = json.loads((self.folder / "web" / "jwks.json").read_text())
        trusted = self.folder / "trusted.json"
        trusted.write_text(json.dumps({"issuers": [{"issuer": ISSUER, "name": "Here", "keys": keys}]}))
        self.there = self.server("--trusted-issuers-file", trusted)
        self.passend(self.there, "load", vocabulary)

    def server(self, *options):
        server = OwnServer(*options)
        self.addCleanup(server.remove)
        return server

    def passend(self, server, *arguments, code=0):
        done = subprocess.run(
            [PASSEND, "--server", server.address, *map(str, arguments)], capture_output=True,
            text=True, timeout=120, check=False,
            env={**os.environ, "XDG_STATE_HOME": str(self.folder / "state")})
        self.assertEqual(done.returncode, code, f"{arguments}\n{done.stdout}{done.stderr}")
        return done.stdout

    def exported(self, server, passport, *options):
        file = self.folder / "passport.json"
        self.passend(server, "passport", "export", passport, "--out", file, *options)
        return json.loads(file.read_text()), file

    def imported(self, file, code=0):
        told = self.passend(self.there, "--json", "passport", "import", file, code=code)
        return json.loads(told)["results"]

    def test_it_is_the_same_elsewhere_with_the_proof_of_who_signed_it(self):
        validations = 0
        for person in PEOPLE:
            with self.subTest(person):
                before, file = self.exported(self.here, person)
                self.passend(self.here, "passport", "erase", person, "--yes")
                self.passend(self.here, "passport", "show", person, code=1)
                results = self.imported(file)
                self.assertEqual(len(results), len(before["validations"]))
                made = results[0]["validation"].split("/validations/")[0]
                after, _ = self.exported(self.there, made)
                for field in SAID_OF_A_PERSON:
                    self.assertEqual(after["passport"].get(field), before["passport"].get(field))
                self.assertEqual(by_skill(after["validations"]),
                                 by_skill(before["validations"],
                                          lambda method: HOW_ELSEWHERE.get(method, method)))
                self.assertEqual({one["foreign_proof"]["credential"] for one in after["validations"]},
                                 set(before["credentials"]))
                validations += len(results)
        self.assertGreaterEqual(validations, 10)

    def test_all_of_it_says_who_looked_and_what_others_read_does_not(self):
        keeping = self.server("--audit-log", "on")
        self.passend(keeping, "load", self.folder / "world")
        self.passend(keeping, "passport", "show", "early-riser")
        looks = self.exported(keeping, "early-riser", "--format", "all")[0]["history"]["looks"]
        self.assertIn("passend.v1.PassportService.GetPassport", {look["method"] for look in looks})
        self.assertNotIn("history", self.exported(keeping, "early-riser")[0])

    def test_what_is_changed_in_the_file_is_not_believed(self):
        document, file = self.exported(self.here, "early-riser")
        head, payload, signature = document["credentials"][0].split(".")
        document["credentials"][0] = ".".join([head, payload[:40] + ("A" if payload[40] != "A" else "B")
                                               + payload[41:], signature])
        file.write_text(json.dumps(document))
        outcomes = [result["outcome"] for result in self.imported(file, code=1)]
        self.assertEqual(outcomes.count("IMPORT_OUTCOME_REJECTED"), 1)
        self.assertEqual(outcomes.count("IMPORT_OUTCOME_ACCEPTED"), len(outcomes) - 1)


if __name__ == "__main__":
    unittest.main()
