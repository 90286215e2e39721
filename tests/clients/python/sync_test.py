"""A partner keeps in step over a line that is cut, frozen and doubled.

PASSEND_PEOPLE, PASSEND_CUTS: how much of it. PASSEND_SEED: each connection is cut as it was."""
import os
import unittest

import sync_story


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


if __name__ == "__main__":
    unittest.main()
