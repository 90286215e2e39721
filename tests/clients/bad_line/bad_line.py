#!/usr/bin/env python3
"""A bad line: forwards connections, and cuts, delays, freezes and duplicates them at random.

    bad_line.py --listen unix:/tmp/line.sock --to unix:/tmp/passend.sock --cuts 20

It knows nothing of what goes over it. After so many cuts the line is good, so that what is tested
comes to an end. The first line that it prints is JSON: the seed, and where it listens; the last one,
when its standard input ends, what it did. Only Python's own library.

With the same seed the connection of the same number is cut after as many bytes, in the same way.
Which connection gets which number, and what has passed by then in either direction, is a matter of
time, and not the same again.

  cut        after a random number of bytes, in the middle of whatever that is, both sides are reset
  frozen     nothing goes on in either direction, and nobody is told; reset after a while
  delayed    some bytes come late
  doubled    all that the client said on the connection so far is said again on a second connection,
             as if the network had kept it: the server hears it twice, at the same time. Of any
             number of cuts one at least is such: the last, where chance chose none
"""
import argparse
import asyncio
import contextlib
import json
import random
import sys

CHUNK_BYTES = 4096
FROZEN_SECONDS = (0.5, 2.0)
DELAY_SECONDS_MAX = 0.05
KEPT_BYTES_MAX = 4 << 20
DOUBLE_LASTS_SECONDS = 1.0


def parse_address(text):
    """`unix:/path` or `host:port`."""
    if text.startswith("unix:"):
        return {"path": text.removeprefix("unix:")}
    host, port = text.rsplit(":", 1)
    return {"host": host, "port": int(port)}


async def dial(address):
    connect = asyncio.open_unix_connection if "path" in address else asyncio.open_connection
    return await connect(**address)


class Connection:
    """One connection from a client, and the one to the server behind it."""

    def __init__(self, line, number, client, server):
        self.line, self.client, self.server = line, client, server
        # What becomes of it is chosen now, by itself: not by when its bytes come, nor by what others
        # on the line choose. How many bytes may pass before it is cut: sometimes within the first
        # frames, sometimes after many.
        self.random = random.Random(f"{line.seed} {number}")
        self.bytes_left = self.random.expovariate(1 / line.bytes_between_cuts)
        self.way_it_is_cut = self.random.random()
        self.frozen_seconds = self.random.uniform(*FROZEN_SECONDS)
        self.said = bytearray()
        self.frozen = asyncio.Event()

    async def run(self):
        tasks = [asyncio.create_task(self.forward(self.client[0], self.server[1], said=True)),
                 asyncio.create_task(self.forward(self.server[0], self.client[1], said=False))]
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for _, writer in (self.client, self.server):
            writer.transport.abort()

    async def forward(self, reader, writer, said):
        with contextlib.suppress(ConnectionError):
            while chunk := await reader.read(CHUNK_BYTES):
                if self.frozen.is_set():
                    await asyncio.sleep(60)
                chunk, cut = self.shorten(chunk)
                if said and len(self.said) < KEPT_BYTES_MAX:
                    self.said += chunk
                if self.random.random() < self.line.delayed_share:
                    self.line.counts["delayed"] += 1
                    await asyncio.sleep(self.random.uniform(0, DELAY_SECONDS_MAX))
                writer.write(chunk)
                await writer.drain()
                if cut:
                    await self.cut()
                    return

    def shorten(self, chunk):
        """What of it still passes, and whether the line is cut after that."""
        if self.line.counts["cut"] >= self.line.cuts:
            return chunk, False
        if len(chunk) < self.bytes_left:
            self.bytes_left -= len(chunk)
            return chunk, False
        self.line.counts["cut"] += 1
        return chunk[:int(self.bytes_left)], True

    async def cut(self):
        counts = self.line.counts
        last_chance = counts["cut"] == self.line.cuts and counts["doubled"] == 0
        must_double = last_chance and self.line.doubled_share > 0
        choice = 0 if must_double else self.way_it_is_cut
        if choice < self.line.doubled_share:
            counts["doubled"] += 1
            self.line.spawn(self.line.say_again(bytes(self.said)))
        elif choice < self.line.doubled_share + self.line.frozen_share:
            counts["frozen"] += 1
            self.frozen.set()
            await asyncio.sleep(self.frozen_seconds)


class BadLine:
    def __init__(self, to, cuts, seed, bytes_between_cuts=40_000, delayed_share=0.02,
                 frozen_share=0.05, doubled_share=0.25):
        self.to = parse_address(to)
        self.cuts = cuts
        self.seed = seed
        self.bytes_between_cuts = bytes_between_cuts
        self.delayed_share, self.frozen_share = delayed_share, frozen_share
        self.doubled_share = doubled_share
        self.counts = dict.fromkeys(["connections", "cut", "doubled", "frozen", "delayed"], 0)
        self.tasks = set()

    def spawn(self, work):
        task = asyncio.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def accept(self, reader, writer):
        self.counts["connections"] += 1
        number = self.counts["connections"]
        try:
            server = await dial(self.to)
        except OSError:
            writer.transport.abort()
            return
        await Connection(self, number, (reader, writer), server).run()

    async def say_again(self, said):
        """The second connection: what the client said, once more; the answers go nowhere."""
        with contextlib.suppress(OSError, asyncio.TimeoutError):
            reader, writer = await dial(self.to)
            writer.write(said)
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(reader.read(-1), DOUBLE_LASTS_SECONDS)
            writer.transport.abort()

    async def listen(self, address):
        parsed = parse_address(address)
        serve = asyncio.start_unix_server if "path" in parsed else asyncio.start_server
        return await serve(self.accept, **parsed)


async def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--listen", required=True, help="unix:/path or host:port; port 0: any")
    parser.add_argument("--to", required=True, help="where the server is")
    parser.add_argument("--cuts", type=int, default=20, help="how often; then the line is good")
    parser.add_argument("--seed", type=int, default=None, help="default: another one each time")
    parser.add_argument("--bytes-between-cuts", type=float, default=40_000, help="on average")
    arguments = parser.parse_args()
    seed = random.SystemRandom().randrange(1 << 32) if arguments.seed is None else arguments.seed
    line = BadLine(arguments.to, arguments.cuts, seed, arguments.bytes_between_cuts)
    name = (await line.listen(arguments.listen)).sockets[0].getsockname()
    listening = f"unix:{name}" if isinstance(name, str) else "{}:{}".format(*name[:2])
    print(json.dumps({"seed": seed, "listening": listening}), flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    print(json.dumps(line.counts), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
