"""Passend's main job, from Python: who can do what, who fits which work, and why."""
import unittest
import uuid

import grpc
from google.protobuf import field_mask_pb2, timestamp_pb2
from passend.v1 import (fit_pb2, match_service_pb2, passport_pb2, passport_service_pb2,
                        task_service_pb2, taxonomy_service_pb2, validation_service_pb2)

import demo_world
import health_pb2
from own_server import OwnServer
from passend_client import Client, pages, refused

AS_OF = timestamp_pb2.Timestamp(seconds=1795219200)  # 2026-11-21
OPTIONS = match_service_pb2.MatchOptions(as_of_time=AS_OF, language_code="en")
SITUATIONS = ("able-and-willing", "able-with-a-mentor", "able-at-a-slower-pace", "never-noise",
              "willing-but-not-yet-able")


class MainJob(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = OwnServer()
        cls.addClassCleanup(cls.server.remove)
        cls.client = Client(cls.server.address)
        cls.addClassCleanup(cls.client.close)
        cls.imported = cls.client.taxonomies.ImportTaxonomy(demo_world.taxonomy_parts())
        cls.people = {name: cls.add_person(name) for name in SITUATIONS}
        for name in ("soup-buddy", "bicycle-refurbishing"):
            cls.client.tasks.CreateTask(task_service_pb2.CreateTaskRequest(
                task=demo_world.task(name), task_id=name))

    @classmethod
    def add_person(cls, situation):
        """Creates the passport, records the validations; gives the passport's name."""
        passport, validations = demo_world.person(situation)
        name = cls.client.passports.CreatePassport(
            passport_service_pb2.CreatePassportRequest(passport=passport)).name
        cls.client.validations.RecordValidations(
            validation_service_pb2.RecordValidationsRequest(parent=name, validations=validations))
        return name

    def candidates(self, **fields):
        return self.client.matches.FindCandidates(match_service_pb2.FindCandidatesRequest(
            task="tasks/soup-buddy", options=OPTIONS, **fields))

    def get(self, name):
        return self.client.passports.GetPassport(
            passport_service_pb2.GetPassportRequest(name=name))

    def test_imports_a_vocabulary(self):
        self.assertEqual(self.imported.taxonomy.name, "taxonomies/demo")
        self.assertEqual(self.imported.added_concepts, self.imported.taxonomy.concept_count)
        hits = self.client.taxonomies.SearchConcepts(taxonomy_service_pb2.SearchConceptsRequest(
            query="make s", language_code="en")).hits
        self.assertIn("taxonomies/demo/concepts/make-soup", [hit.name for hit in hits])

    def test_tells_writers_their_commit_and_answers_with_it(self):
        passport, _ = demo_world.person("able-and-willing")
        created, call = self.client.passports.CreatePassport.with_call(
            passport_service_pb2.CreatePassportRequest(passport=passport))
        sequence = int(dict(call.trailing_metadata())["passend-data-sequence"])
        question = match_service_pb2.FindTasksRequest(
            passport=created.name, options=OPTIONS, min_data_sequence=sequence)
        answer, call = self.client.matches.FindTasks.with_call(question)
        self.assertGreaterEqual(answer.basis.data_sequence, sequence)
        self.assertNotIn("passend-data-sequence", dict(call.trailing_metadata()))
        question.min_data_sequence = sequence + 1_000_000
        with refused() as why:
            self.client.matches.FindTasks(question)
        self.assertEqual(why[0].code, grpc.StatusCode.OUT_OF_RANGE)
        self.assertEqual(why[0].reason, "ERROR_REASON_FUTURE_SEQUENCE")
        self.assertIn("min_data_sequence", why[0].fields)
        self.client.passports.ErasePassport(
            passport_service_pb2.ErasePassportRequest(name=created.name))

    def test_ranks_people_for_a_task_with_reasons(self):
        answer = self.candidates()
        names = {name: situation for situation, name in self.people.items()}
        order = [names[c.passport] for c in answer.candidates if c.passport in names]
        self.assertEqual(order[0], "able-and-willing")
        self.assertLess(order.index("able-with-a-mentor"), order.index("willing-but-not-yet-able"))
        self.assertEqual([c.rank for c in answer.candidates],
                         list(range(1, len(answer.candidates) + 1)))
        for candidate in answer.candidates:
            fit = candidate.fit
            self.assertTrue(fit.reasons, candidate.passport)
            self.assertLessEqual(fit.score_low_basis_points, fit.score_basis_points)
            self.assertLessEqual(fit.score_basis_points, fit.score_high_basis_points)
        summary = answer.summary
        self.assertEqual(summary.considered, summary.ranked + summary.to_be_asked
                         + sum(exclusion.count for exclusion in summary.exclusions))

    def test_finds_tasks_for_a_person(self):
        answer = self.client.matches.FindTasks(match_service_pb2.FindTasksRequest(
            passport=self.people["never-noise"], options=OPTIONS))
        self.assertNotIn("tasks/bicycle-refurbishing", [match.task for match in answer.tasks])
        self.assertIn("tasks/bicycle-refurbishing", [match.task for match in answer.nearest])

    def test_explains_what_closes_a_task_and_what_would_open_it(self):
        fit = self.client.matches.ExplainMatch(match_service_pb2.ExplainMatchRequest(
            passport=self.people["never-noise"], task="tasks/bicycle-refurbishing",
            options=OPTIONS)).fit
        self.assertEqual(fit.outcome, fit_pb2.FIT_OUTCOME_EXCLUDED)
        self.assertEqual(fit.gates[0].cause, fit_pb2.GATE_CAUSE_WISH_NEVER)
        self.assertTrue(fit.gates[0].reason and fit.gates[0].lift)

    def test_the_losses_of_the_four_dimensions_are_the_whole_loss(self):
        fit = self.client.matches.ExplainMatch(match_service_pb2.ExplainMatchRequest(
            passport=self.people["able-at-a-slower-pace"], task="tasks/soup-buddy",
            options=OPTIONS)).fit
        self.assertEqual(len(fit.dimensions), 4)
        self.assertEqual(sum(dimension.loss for dimension in fit.dimensions), fit.loss)

    def test_a_stale_etag_is_aborted(self):
        name = self.add_person("able-and-willing")
        first = self.get(name)
        change = passport_service_pb2.UpdatePassportRequest(
            passport=passport_pb2.Passport(name=name, etag=first.etag, region="groningen"),
            update_mask=field_mask_pb2.FieldMask(paths=["region"]))
        second = self.client.passports.UpdatePassport(change)
        self.assertEqual(second.region, "groningen")
        self.assertEqual(second.wishes, first.wishes)
        with refused() as why:
            self.client.passports.UpdatePassport(change)
        self.assertEqual(why[0].code, grpc.StatusCode.ABORTED)
        self.assertEqual(why[0].domain, "passend")
        self.assertEqual(why[0].reason, "ERROR_REASON_ETAG_MISMATCH")
        self.assertEqual(why[0].metadata, {"resource": name, "etag": second.etag})

    def test_a_repeated_request_gives_the_first_answer(self):
        passport, _ = demo_world.person("able-and-willing")
        request = passport_service_pb2.CreatePassportRequest(
            passport=passport, request_id=str(uuid.uuid4()))
        first = self.client.passports.CreatePassport(request)
        self.assertEqual(self.client.passports.CreatePassport(request), first)
        request.passport.region = "rijnmond"
        with refused() as why:
            self.client.passports.CreatePassport(request)
        self.assertEqual(why[0].code, grpc.StatusCode.ALREADY_EXISTS)
        self.assertEqual(why[0].reason, "ERROR_REASON_REQUEST_ID_REUSED")

    def test_says_which_field_is_not_right(self):
        passport, _ = demo_world.person("able-and-willing")
        passport.wishes.features[1].strength = 4
        with refused() as why:
            self.client.passports.CreatePassport(
                passport_service_pb2.CreatePassportRequest(passport=passport))
        self.assertEqual(why[0].code, grpc.StatusCode.INVALID_ARGUMENT)
        self.assertEqual(why[0].reason, "ERROR_REASON_INVALID_FIELD")
        self.assertEqual(list(why[0].fields), ["passport.wishes.features[1].strength"])

    def test_says_that_a_skill_does_not_exist(self):
        _, validations = demo_world.person("able-and-willing")
        validations[0].skill = "taxonomies/demo/concepts/fly"
        with refused() as why:
            self.client.validations.RecordValidations(
                validation_service_pb2.RecordValidationsRequest(
                    parent=self.people["able-and-willing"], validations=validations))
        self.assertEqual(why[0].reason, "ERROR_REASON_UNKNOWN_SKILL")

    def test_pages_hold_everybody_once_and_in_order(self):
        request = passport_service_pb2.ListPassportsRequest()
        listed = list(pages(self.client.passports.ListPassports, request, "passports", 2))
        names = [passport.name for page in listed for passport in page]
        self.assertTrue(all(len(page) == 2 for page in listed[:-1]))
        self.assertEqual(names, sorted(set(names)))
        self.assertLessEqual(set(self.people.values()), set(names))
        whole = self.candidates().candidates
        request = match_service_pb2.FindCandidatesRequest(task="tasks/soup-buddy", options=OPTIONS)
        paged = pages(self.client.matches.FindCandidates, request, "candidates", 3)
        self.assertEqual([c.passport for page in paged for c in page], [c.passport for c in whole])

    def test_what_is_erased_is_gone(self):
        name = self.add_person("able-and-willing")
        _, validations = demo_world.person("able-and-willing")
        erase = passport_service_pb2.ErasePassportRequest(name=name)
        self.assertEqual(self.client.passports.ErasePassport(erase).erased_validations,
                         len(validations))
        with refused() as why:
            self.get(name)
        self.assertEqual(why[0].code, grpc.StatusCode.NOT_FOUND)
        self.assertEqual(why[0].reason, "ERROR_REASON_PASSPORT_NOT_FOUND")
        self.assertNotIn(name, [c.passport for c in self.candidates().candidates])

    def test_is_healthy(self):
        answer = self.client.health.Check(health_pb2.HealthCheckRequest())
        self.assertEqual(answer.status, health_pb2.HealthCheckResponse.SERVING)


class Restart(unittest.TestCase):
    """A server of its own, because it is stopped on the way."""

    def setUp(self):
        self.server = OwnServer()
        self.addCleanup(self.server.remove)

    def test_everything_acknowledged_is_there_after_a_crash_and_after_a_stop(self):
        client = Client(self.server.address)
        client.taxonomies.ImportTaxonomy(demo_world.taxonomy_parts())
        passport, validations = demo_world.person("able-and-willing")
        name = client.passports.CreatePassport(
            passport_service_pb2.CreatePassportRequest(passport=passport)).name
        client.validations.RecordValidations(validation_service_pb2.RecordValidationsRequest(
            parent=name, validations=validations))
        client.tasks.CreateTask(task_service_pb2.CreateTaskRequest(
            task=demo_world.task("soup-buddy"), task_id="soup-buddy"))
        question = match_service_pb2.FindCandidatesRequest(task="tasks/soup-buddy", options=OPTIONS)
        before = client.matches.FindCandidates(question)
        self.assertEqual([c.passport for c in before.candidates], [name])

        for end in (self.server.crash, self.server.stop):
            # gRPC shares connections between channels to one address: a channel that is left open
            # would lend its broken connection to the next.
            client.close()
            self.assertIn(end(), (None, 0))
            self.server.start()
            client = Client(self.server.address)
            self.assertEqual(client.matches.FindCandidates(question), before)
        client.close()


if __name__ == "__main__":
    unittest.main()
