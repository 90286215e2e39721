"""Frames of HTTP/2 (RFC 9113) as bytes, right ones and others: for those who abuse it."""
import struct

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"

DATA, HEADERS, PRIORITY, RST_STREAM, SETTINGS = 0, 1, 2, 3, 4
PUSH_PROMISE, PING, GOAWAY, WINDOW_UPDATE, CONTINUATION = 5, 6, 7, 8, 9
END_STREAM = ACK = 0x1
END_HEADERS = 0x4

INITIAL_WINDOW_SIZE = 4
CANCEL = 8


def frame(kind, flags=0, stream=0, payload=b"", length=None):
    """`length` where the frame is to lie about it."""
    said = len(payload) if length is None else length
    return struct.pack(">I", said)[1:] + struct.pack(">BBI", kind, flags, stream) + payload


def settings(**values):
    numbers = {"header_table_size": 1, "enable_push": 2, "max_concurrent_streams": 3,
               "initial_window_size": INITIAL_WINDOW_SIZE, "max_frame_size": 5}
    return frame(SETTINGS, payload=b"".join(struct.pack(">HI", numbers[name], value)
                                            for name, value in values.items()))


def hello(**values):
    return PREFACE + settings(**values)


def whole_number(value, prefix_bits, first=0):
    """HPACK's way to write numbers (RFC 7541, 5.1)."""
    most = (1 << prefix_bits) - 1
    if value < most:
        return bytes([first | value])
    written, value = [first | most], value - most
    while value >= 128:
        written.append(value % 128 + 128)
        value //= 128
    return bytes(written + [value])


def text(value):
    return whole_number(len(value), 7) + value


def header(name, value, remembered=False):
    """Written out; `remembered` puts it into the other side's table."""
    return bytes([0x40 if remembered else 0]) + text(name) + text(value)


def remembered_header(index):
    return whole_number(index, 7, 0x80)


def call_headers(path, *more):
    pairs = [(b":method", b"POST"), (b":scheme", b"http"), (b":path", path),
             (b":authority", b"localhost"), (b"content-type", b"application/grpc"),
             (b"te", b"trailers"), *more]
    return b"".join(header(name, value) for name, value in pairs)


def message(payload=b""):
    """As gRPC frames a message that is not compressed."""
    return struct.pack(">BI", 0, len(payload)) + payload


def a_call(path, stream, payload=b"", *more):
    """Headers and one message."""
    return (frame(HEADERS, END_HEADERS, stream, call_headers(path, *more)) +
            frame(DATA, END_STREAM, stream, message(payload)))


def frames_in(heard):
    """Kind and stream of each whole frame."""
    while len(heard) >= 9:
        length = int.from_bytes(heard[:3], "big")
        if len(heard) < 9 + length:
            return
        yield heard[3], int.from_bytes(heard[5:9], "big") & 0x7fffffff
        heard = heard[9 + length:]
