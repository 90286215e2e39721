"""A partner keeps in step over a line that is cut, frozen and doubled.

PASSEND_PEOPLE, PASSEND_CUTS: how much of it. PASSEND_SEED: each connection is cut as it was."""
import os
import unittest

import sync_story
from partner import Outbox
from passend.v1 import sync_pb2


class SyncTest(unittest.TestCase):
    def test_nothing_is_lost_doubled_or_resurrected_over_a_bad_line(self):
        seed = os.environ.get("PASSEND_SEED")
        figures = sync_story.run(people=int(os.environ.get("PASSEND_PEOPLE", "1000")),
                                 cuts=int(os.environ.get("PASSEND_CUTS", "20")),
                                 seed=None if seed is None else int(seed), bytes_between_cuts=8000)
        with self.subTest(seed=figures["seed"]):
            for name in ("differing in the digest", "lost", "doubled", "resurrected",
                         "feed: people told otherwise", "feed: broken promises"):
                self.assertEqual(figures[name], 0, f"{name}; {figures}")
            self.assertEqual(figures["line: cut"], int(os.environ.get("PASSEND_CUTS", "20")))
            self.assertNotIn("push: rejected", figures)
            self.assertNotIn("push: conflict", figures)


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
