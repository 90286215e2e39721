"""Passports on paper: printed by Chromium, the fullest one has four pages at most, a usual one two.

Needs chromium and pdfinfo and pdftotext of poppler-utils; deploy/packages.sh installs what is named.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from passend.v1 import (passport_pb2, passport_service_pb2, taxonomy_service_pb2,
                        validation_service_pb2)

import demo_world
import fullest_passport
from own_server import OwnServer
from passend_client import Client

PASSEND = pathlib.Path(os.environ["PASSENDD"]).with_name("passend")
ISSUER = "https://passend.example.org"
VALIDATIONS_A_CALL = 100  # RecordValidationsRequest.validations
NAME_CHARACTERS = 80  # ExportPassportRequest.display_name
# Of the demonstration, the one with the most skills, and one with all four parts.
USUAL = ("more-than-is-asked", "long-time-without-work")
NEEDED = ("chromium", "pdfinfo", "pdftotext")
# @page in service/portable/printed_passport.cc: left and right, top, bottom; in points.
SIDE, TOP, BOTTOM = 15 * 72 / 25.4, 16 * 72 / 25.4, 18 * 72 / 25.4
A4 = (595, 842)
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">')
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)


def run(*command, **more):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=180,
                          check=False, **more)
    if done.returncode != 0:
        raise AssertionError(f"{command}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


class PrintedPagesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        missing = [program for program in NEEDED if shutil.which(program) is None]
        cls.why_not = (f"printed pages: no {', '.join(missing)}; deploy/packages.sh chromium "
                       "poppler-utils installs it") if missing else None
        if cls.why_not:
            print(f"skipped: {cls.why_not}", file=sys.stderr)

    def setUp(self):
        if self.why_not:
            self.skipTest(self.why_not)
        temporary = tempfile.TemporaryDirectory(prefix="passend.")
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)

    def server(self, *options):
        """A server, and a client of it."""
        server = OwnServer(*options)
        self.addCleanup(server.remove)
        client = Client(server.address)
        self.addCleanup(client.close)
        return server, client

    def passend(self, server, *arguments):
        return run(PASSEND, "--server", server.address, *arguments,
                   env={**os.environ, "XDG_STATE_HOME": str(self.folder / "state")})

    def signing_server(self):
        key = self.folder / "key.pem"
        run("openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", key)
        return self.server("--credential-key-file", key, "--credential-issuer", ISSUER,
                           "--credential-issuer-name", "Here")

    def import_fullest(self, client, text):
        def parts():
            part = taxonomy_service_pb2.ImportTaxonomyRequest()
            part.header.taxonomy.name = fullest_passport.TAXONOMY
            part.header.taxonomy.display_name = part.header.taxonomy.version_label = "1"
            yield part
            part = taxonomy_service_pb2.ImportTaxonomyRequest()
            part.concepts.concepts.extend(fullest_passport.concepts(text))
            yield part
            part = taxonomy_service_pb2.ImportTaxonomyRequest()
            part.end.concept_count = fullest_passport.SKILLS
            yield part
        client.taxonomies.ImportTaxonomy(parts())

    def add(self, client, passport, validations):
        name = client.passports.CreatePassport(
            passport_service_pb2.CreatePassportRequest(passport=passport)).name
        validations = list(validations)
        for start in range(0, len(validations), VALIDATIONS_A_CALL):
            client.validations.RecordValidations(validation_service_pb2.RecordValidationsRequest(
                parent=name, validations=validations[start:start + VALIDATIONS_A_CALL]))
        return name

    def page(self, server, name, language, title="Anna"):
        """The passport as HTML."""
        page = self.folder / "page.html"
        self.passend(server, "--lang", language, "passport", "export", name, "--format", "html",
                     "--name", title, "--out", page)
        return page.read_text(encoding="utf-8")

    def printed(self, page):
        """What Chromium makes of it: a PDF."""
        source, pdf = self.folder / "printed.html", self.folder / "printed.pdf"
        source.write_text(page, encoding="utf-8")
        pdf.unlink(missing_ok=True)
        run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
            f"--user-data-dir={self.folder / 'chromium'}", f"--print-to-pdf={pdf}", source.as_uri())
        return pdf

    def check(self, pdf, pages_max):
        pages = int(re.search(r"^Pages:\s+(\d+)$", run("pdfinfo", pdf), re.MULTILINE)[1])
        self.assertLessEqual(pages, pages_max)
        words = 0
        for width, height, text in PAGE.findall(run("pdftotext", "-bbox", pdf, "-")):
            self.assertEqual((round(float(width)), round(float(height))), A4)
            for word in WORD.findall(text):
                left, top, right, bottom = map(float, word)
                words += 1
                # Boxes of words are a little wider than their letters.
                self.assertGreaterEqual(left, SIDE - 2, "it is cut by the paper's edge")
                self.assertLessEqual(right, float(width) - SIDE + 2)
                self.assertGreaterEqual(top, TOP - 3)
                self.assertLessEqual(bottom, float(height) - BOTTOM + 3)
        self.assertGreater(words, 50)

    def check_fullest(self, server, name, text):
        for language, counted, file in (
                ("nl", "andere vaardigheden, in het bestand van mijn paspoort", "Niet alles past op papier."),
                ("en", "other skills, in the file of my passport", "Not everything fits on paper.")):
            with self.subTest(language, text=text.__name__):
                page = self.page(server, name, language, text(NAME_CHARACTERS))
                pdf = self.printed(page)
                self.check(pdf, pages_max=4)
                in_full, named = page.count("<article>"), page.count("</small>; ")
                self.assertIn(f" {fullest_passport.SKILLS - in_full - named} {counted}", page)
                self.assertIn(file, page)
                told = " ".join(run("pdftotext", "-raw", pdf, "-").split())
                self.assertEqual(told.count("480 min"), len(fullest_passport.passport().paces))
                self.assertIn(file, told)

    def test_the_fullest_passport_has_four_pages_at_most(self):
        for text in (fullest_passport.prose, fullest_passport.capitals):
            here, client = self.signing_server()
            self.import_fullest(client, text)
            name = self.add(client, fullest_passport.passport(), fullest_passport.validations(text))
            self.check_fullest(here, name, text)

    def test_nor_has_it_more_where_others_signed_all_of_it(self):
        here, client = self.signing_server()
        self.import_fullest(client, fullest_passport.prose)
        name = self.add(client, fullest_passport.passport(), fullest_passport.validations())
        file = self.folder / "passport.json"
        self.passend(here, "passport", "export", name, "--out", file)
        self.passend(here, "passport", "status-lists", self.folder / "web")
        self.passend(here, "passport", "erase", name, "--yes")
        trusted = self.folder / "trusted.json"
        trusted.write_text(json.dumps({"issuers": [{
            "issuer": ISSUER, "name": fullest_passport.prose(120), "keeps_methods": True,
            "keys": json.loads((self.folder / "web" / "jwks.json").read_text())}]}))
        there, client = self.server("--trusted-issuers-file", trusted)
        self.import_fullest(client, fullest_passport.prose)
        told = json.loads(self.passend(there, "--json", "passport", "import", file))["results"]
        made = told[0]["validation"].split("/validations/")[0]
        self.assertIn("ondertekend door groenvoorziening", self.page(there, made, "nl"))
        self.check_fullest(there, made, fullest_passport.prose)

    def test_as_much_as_stays_wide_has_four_pages_too(self):
        here, client = self.signing_server()
        self.import_fullest(client, fullest_passport.prose)
        full, validations = fullest_passport.passport(), list(fullest_passport.validations())
        widest = None
        for skills in range(1, fullest_passport.SKILLS):
            page = self.page(here, self.some(client, full, validations, skills), "nl")
            if "<body>" not in page:
                break
            widest = page
        self.assertIsNotNone(widest)
        self.check(self.printed(widest), pages_max=4)

    def some(self, client, full, validations, skills):
        """Somebody with so many skills, and half of the paces and needs."""
        passport = passport_pb2.Passport()
        passport.CopyFrom(full)
        del passport.paces[8:], passport.support.needs[6:]
        return self.add(client, passport, validations[:skills * fullest_passport.VALIDATIONS_A_SKILL])

    def test_a_usual_one_has_two(self):
        server, client = self.signing_server()
        client.taxonomies.ImportTaxonomy(demo_world.taxonomy_parts())
        for person in USUAL:
            name = self.add(client, *demo_world.person(person))
            for language in ("nl", "en"):
                with self.subTest(person, language=language):
                    page = self.page(server, name, language)
                    self.assertIn("<body>", page, "it is set wide")
                    self.check(self.printed(page), pages_max=2)


if __name__ == "__main__":
    unittest.main()
