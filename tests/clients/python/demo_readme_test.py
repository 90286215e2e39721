"""What deploy/demo/README.md says of points is what the server answers about the demo world."""
import re
import unittest

from google.protobuf import timestamp_pb2
from passend.v1 import (fit_pb2, match_service_pb2, passport_service_pb2, task_service_pb2,
                        validation_service_pb2)

import demo_world
from own_server import OwnServer
from passend_client import Client, pages

OPTIONS = match_service_pb2.MatchOptions(
    as_of_time=timestamp_pb2.Timestamp(seconds=1795219200),  # 2026-11-21
    policy="policies/1", language_code="en")
NAME = r"`([a-z]+(?:-[a-z]+)+)`"
POINTS = r"\d+|\?|-"


def rows(section):
    """The cells of each row of a table, without its head."""
    lines = [line for line in section.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def points_of(cell):
    return [points.strip() for points in cell.split(",")]


def promises(readme):
    """(situation, task, points) of all the README says; points as the client writes them: a number,
    "?" for somebody to be asked first, "-" for not in the list."""
    begin, rules = readme.split("\n## Begin here")[1].split("\n## One situation, one rule")
    found = []
    for about, situations, points, shows in rows(begin):
        found += zip(re.findall(NAME, situations), points_of(points), strict=True)
    found += re.findall(rf"{NAME} \(({POINTS})[:)]", begin)
    found = [(situation, "soup-buddy", points) for situation, points in found]
    for situations, tasks, points, expect in rows(rules):
        pairs = [(situation, task) for situation in re.findall(NAME, situations)
                 for task in re.findall(NAME, tasks)]
        found += [(*pair, points) for pair, points in zip(pairs, points_of(points), strict=True)]
    return found


class DemoReadme(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        server = OwnServer()
        cls.addClassCleanup(server.remove)
        cls.client = Client(server.address)
        cls.addClassCleanup(cls.client.close)
        cls.client.taxonomies.ImportTaxonomy(demo_world.taxonomy_parts())
        cls.tasks = demo_world.task_names()
        for name in cls.tasks:
            cls.client.tasks.CreateTask(task_service_pb2.CreateTaskRequest(
                task=demo_world.task(name), task_id=name))
        cls.situations = {}
        cls.people_count = 0
        for situation, passport, validations in demo_world.everybody():
            name = cls.client.passports.CreatePassport(
                passport_service_pb2.CreatePassportRequest(passport=passport)).name
            if validations:
                cls.client.validations.RecordValidations(
                    validation_service_pb2.RecordValidationsRequest(
                        parent=name, validations=validations))
            cls.people_count += 1
            if situation:
                cls.situations[name] = situation
        cls.readme = (demo_world.FOLDER / "README.md").read_text(encoding="utf-8")

    def ranked(self, task):
        """Points by situation of everybody in the list, in its order."""
        request = match_service_pb2.FindCandidatesRequest(task=f"tasks/{task}", options=OPTIONS)
        points = {}
        for page in pages(self.client.matches.FindCandidates, request, "candidates", 1000):
            for candidate in page:
                ranked = candidate.fit.outcome == fit_pb2.FIT_OUTCOME_RANKED
                name = self.situations.get(candidate.passport, candidate.passport)
                points[name] = str(candidate.fit.score) if ranked else "?"
        return points

    def test_says_how_large_the_world_is(self):
        self.assertIn(f"{len(self.tasks)} carved tasks and {self.people_count} people", self.readme)

    def test_names_every_situation_with_its_points(self):
        promised = promises(self.readme)
        self.assertEqual({situation for situation, _, _ in promised},
                         set(self.situations.values()))
        answers = {task: self.ranked(task) for task in {task for _, task, _ in promised}}
        for situation, task, points in promised:
            with self.subTest(situation=situation, task=task):
                self.assertEqual(points, answers[task].get(situation, "-"))

    def test_shows_the_first_ten_of_soup_buddy_in_their_order(self):
        begin = self.readme.split("\n## Begin here")[1].split("\n## ")[0]
        named = [name for row in rows(begin) for name in re.findall(NAME, row[1])]
        self.assertCountEqual(named, list(self.ranked("soup-buddy"))[:len(named)])
        self.assertEqual(len(named), 10)

    def test_stands_below_everybody_with_points_who_is_to_be_asked_first(self):
        points = list(self.ranked("soup-buddy").values())
        first_asked = points.index("?")
        self.assertEqual(set(points[first_asked:]), {"?"})
        self.assertGreater(len(points) - first_asked, 1)


if __name__ == "__main__":
    unittest.main()
