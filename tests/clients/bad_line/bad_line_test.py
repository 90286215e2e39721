"""The bad line itself: what it is told to do to a connection, it does, and no more often."""
import asyncio
import contextlib
import tempfile
import unittest

from bad_line import BadLine, Connection, dial, parse_address


class BadLineTest(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        folder = tempfile.TemporaryDirectory(prefix="passend.")
        self.addCleanup(folder.cleanup)
        self.to, self.at = f"unix:{folder.name}/server", f"unix:{folder.name}/line"
        self.heard = []

        async def echo(reader, writer):
            heard = bytearray()
            self.heard.append(heard)
            while chunk := await reader.read(1000):
                heard += chunk
                writer.write(chunk)
                with contextlib.suppress(ConnectionError):
                    await writer.drain()
            writer.transport.abort()

        self.server = await asyncio.start_unix_server(echo, **parse_address(self.to))
        self.addCleanup(self.server.close)

    async def asyncTearDown(self):
        await asyncio.sleep(0.05)  # what was aborted closes by itself

    async def say(self, text):
        """What comes back, and whether all of it did before the line was cut."""
        reader, writer = await dial(parse_address(self.at))
        answer = bytearray()
        try:
            writer.write(text)
            while len(answer) < len(text):
                chunk = await asyncio.wait_for(reader.read(1000), 10)
                if not chunk:
                    break
                answer += chunk
        except ConnectionError:
            pass
        writer.transport.abort()
        return bytes(answer)

    async def line(self, **choices):
        shares = {"delayed_share": 0.1, "frozen_share": 0, "doubled_share": 0} | choices
        line = BadLine(self.to, seed=7, **shares)
        self.addCleanup((await line.listen(self.at)).close)
        return line

    async def test_without_cuts_all_bytes_arrive_in_their_order(self):
        line = await self.line(cuts=0)
        text = bytes(range(256)) * 200
        self.assertEqual(await self.say(text), text)
        self.assertEqual(line.counts["cut"], 0)

    async def test_cuts_so_often_and_then_no_more(self):
        line = await self.line(cuts=3, bytes_between_cuts=500)
        text = b"x" * 20_000
        answers = [await self.say(text) for _ in range(10)]
        self.assertEqual(line.counts["cut"], 3)
        self.assertEqual([len(answer) == len(text) for answer in answers], [False] * 3 + [True] * 7)

    async def test_a_doubled_connection_says_the_same_again(self):
        line = await self.line(cuts=1, bytes_between_cuts=500, doubled_share=1)
        await self.say(b"0123456789" * 1000)
        await asyncio.gather(*line.tasks)
        self.assertEqual(line.counts["doubled"], 1)
        first, second = sorted(self.heard, key=len)
        self.assertTrue(first)
        self.assertTrue(second.startswith(first))

    async def test_one_is_doubled_even_where_chance_chooses_none(self):
        line = await self.line(cuts=3, bytes_between_cuts=500, doubled_share=1e-9)
        for _ in range(4):
            await self.say(b"0123456789" * 1000)
        await asyncio.gather(*line.tasks)
        self.assertEqual(line.counts["doubled"], 1)

    async def test_a_frozen_one_says_nothing_for_a_while_and_is_reset(self):
        line = await self.line(cuts=1, bytes_between_cuts=500, frozen_share=1)
        before = asyncio.get_running_loop().time()
        answer = await self.say(b"x" * 20_000)
        self.assertLess(len(answer), 20_000)
        self.assertGreater(asyncio.get_running_loop().time() - before, 0.4)
        self.assertEqual(line.counts["frozen"], 1)

    async def test_the_same_seed_cuts_the_same_connections_after_as_many_bytes(self):
        def cuts(seed, order, chunk_bytes):
            """After how many bytes each connection is cut and how, by its number."""
            line = BadLine(self.to, cuts=100, seed=seed, bytes_between_cuts=5000)
            made = {}
            for number in order:
                connection, passed, cut = Connection(line, number, None, None), 0, False
                while not cut:
                    chunk, cut = connection.shorten(b"x" * chunk_bytes)
                    passed += len(chunk)
                made[number] = passed, connection.way_it_is_cut, connection.frozen_seconds
            return made

        first = cuts(3, [1, 2, 3, 4], 100)
        self.assertEqual(first, cuts(3, [3, 1, 4, 2], 1000))
        self.assertEqual(len({passed for passed, _, _ in first.values()}), 4)
        self.assertNotEqual(first, cuts(4, [1, 2, 3, 4], 100))


if __name__ == "__main__":
    unittest.main()
