"""A partner keeps in step over a line that is cut, frozen and doubled.

PASSEND_PEOPLE, PASSEND_CUTS: how much of it. PASSEND_SEED: each connection is cut as it was."""
import os
import pathlib
import tempfile
import unittest

import grpc

import partner as example
import sync_story
from issuer import Authority, TokenIssuer
from own_server import OwnServer
from partner import Outbox
from passend.v1 import sync_pb2
from passend_client import Client, credentials_from


class SyncTest(unittest.TestCase):
    def check(self, figures, cuts):
        with self.subTest(seed=figures["seed"]):
            for name in ("differing in the digest", "lost", "doubled", "resurrected",
                         "feed: people told otherwise", "feed: broken promises"):
                self.assertEqual(figures[name], 0, f"{name}; {figures}")
            self.assertEqual(figures["line: cut"], cuts)
            self.assertEqual(figures["line: doubled"] > 0, cuts > 0, figures)
            self.assertNotIn("push: rejected", figures)
            self.assertNotIn("push: conflict", figures)

    def test_nothing_is_lost_doubled_or_resurrected_over_a_bad_line(self):
        seed = os.environ.get("PASSEND_SEED")
        cuts = int(os.environ.get("PASSEND_CUTS", "20"))
        figures = sync_story.run(people=int(os.environ.get("PASSEND_PEOPLE", "1000")), cuts=cuts,
                                 seed=None if seed is None else int(seed), bytes_between_cuts=8000)
        self.check(figures, cuts)


class KnownPartnerTest(unittest.TestCase):
    """A partner that says who it is: mutual TLS, and a token that goes before the certificate."""

    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="passend.")
        self.addCleanup(temporary.cleanup)
        folder = pathlib.Path(temporary.name)
        authority, self.issuer = Authority(folder), TokenIssuer(folder)
        key, certificate = authority.issue("server", "DNS:localhost,IP:127.0.0.1")
        self.server_options = ("--tls-certificate", certificate, "--tls-key", key, "--tls-client-ca",
                               authority.certificate, *self.issuer.options())
        # The certificate alone would be another partner's: what is done for delft, the token allows.
        key, certificate = authority.issue("partner", "URI:passend:partner/groningen/sync")
        self.token = folder / "token"
        self.token.write_text(self.issuer.token("partner", "delft", seconds=1800))
        self.environment = {"PASSEND_TLS_CA": str(authority.certificate), "PASSEND_TLS_KEY": str(key),
                            "PASSEND_TLS_CERT": str(certificate), "PASSEND_TOKEN_FILE": str(self.token)}

    def test_it_keeps_in_step_over_a_bad_line_too(self):
        cuts = 8
        figures = sync_story.run(people=300, cuts=cuts, bytes_between_cuts=8000,
                                 server_options=self.server_options, environment=self.environment)
        SyncTest.check(self, figures, cuts)

    def test_without_its_token_it_is_refused_at_once_and_with_a_new_one_it_goes_on(self):
        server = OwnServer(*self.server_options)
        self.addCleanup(server.remove)
        client = Client(server.address, credentials_from(self.environment))
        self.addCleanup(client.close)
        outbox = Outbox(sync_story.PARTNER)
        outbox.put([sync_story.upsert("c-17", 1, "drenthe")])

        def refused(code):
            for ask in (lambda: example.push(client.sync, outbox, lambda *_: None),
                        lambda: sync_story.snapshot(client),
                        lambda: example.reconcile(client.sync, sync_story.PARTNER, {})):
                with self.assertRaises(grpc.RpcError) as caught:
                    ask()
                self.assertEqual(caught.exception.code(), code)

        for token, code in (
                (self.issuer.token("partner", "delft", seconds=-60), grpc.StatusCode.UNAUTHENTICATED),
                (self.issuer.token("partner", "groningen"), grpc.StatusCode.INVALID_ARGUMENT),
                (self.issuer.token("coach", "delft"), grpc.StatusCode.PERMISSION_DENIED)):
            self.token.write_text(token)
            refused(code)
        self.token.write_text(self.issuer.token("partner", "delft"))
        example.push(client.sync, outbox, lambda *_: None)
        people = sync_story.snapshot(client).people.values()
        self.assertEqual([change.external_id for change in people], ["c-17"])
        self.assertEqual(example.reconcile(client.sync, sync_story.PARTNER, {"c-17": "1"}), set())


class OutboxTest(unittest.TestCase):
    def test_a_batch_that_is_too_large_is_sent_in_halves_and_in_order(self):
        outbox = Outbox("partners/delft", records_a_batch=5)
        outbox.put(sync_pb2.PushRecord(external_id=str(number)) for number in range(8))
        refused = outbox.batches[0].batch_id
        outbox.split_first()
        outbox.split_first()
        self.assertEqual([[record.external_id for record in batch.records]
                          for batch in outbox.batches],
                         [["0", "1"], ["2"], ["3", "4"], ["5", "6", "7"]])
        ids = {batch.batch_id for batch in outbox.batches}
        self.assertEqual(len(ids), 4)
        self.assertNotIn(refused, ids)


if __name__ == "__main__":
    unittest.main()
