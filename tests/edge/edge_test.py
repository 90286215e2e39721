"""The edge as it is shipped: calls come through it, identity comes through as a token only, and its
limits hold. Starts HAProxy with deploy/edge/haproxy.cfg before a real passendd, and before a server
that tells which headers reached it."""
import concurrent.futures
import contextlib
import json
import os
import pathlib
import select
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
import unittest

import grpc
from passend.v1 import taxonomy_service_pb2

from free_port import free_port
from issuer import Authority, TokenIssuer
from own_server import OwnServer
from passend_client import Client, Refusal, refused

CONFIGURATION = pathlib.Path(__file__).resolve().parents[2] / "deploy/edge/haproxy.cfg"
LIST = taxonomy_service_pb2.ListTaxonomiesRequest()


class Edge:
    START_SECONDS_MAX = 20

    def __init__(self, folder, unix_socket, pem, configuration=CONFIGURATION):
        self.port = free_port()
        self.address = f"localhost:{self.port}"
        environment = dict(os.environ, PASSEND_EDGE_BIND=f"127.0.0.1:{self.port}",
                           PASSEND_EDGE_PEM=str(pem), PASSEND_SOCKET=str(unix_socket))
        self.log = open(folder / f"edge-{self.port}.log", "w+b")
        self.process = subprocess.Popen(["haproxy", "-db", "-f", configuration], env=environment,
                                        stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        deadline = time.monotonic() + self.START_SECONDS_MAX
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(self.told())
            time.sleep(0.05)

    def told(self):
        self.log.seek(0)
        return self.log.read().decode()

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=30)
        self.log.close()


class Teller(grpc.GenericRpcHandler):
    """Answers every call with the headers that reached it, as JSON."""

    def __init__(self, unix_socket):
        self.server = grpc.server(concurrent.futures.ThreadPoolExecutor(4), handlers=[self])
        self.server.add_insecure_port(f"unix:{unix_socket}")
        self.server.start()

    def service(self, details):
        metadata = [[key, value if isinstance(value, str) else "bytes"]
                    for key, value in details.invocation_metadata]
        return grpc.unary_unary_rpc_method_handler(lambda *_: json.dumps(metadata).encode())


class EdgeTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="passend."))
        cls.authority = Authority(cls.folder)
        key, certificate = cls.authority.issue("edge", "DNS:localhost,IP:127.0.0.1")
        cls.pem = cls.folder / "edge-both.pem"
        cls.pem.write_bytes(certificate.read_bytes() + key.read_bytes())
        cls.issuer = TokenIssuer(cls.folder)
        cls.token = cls.issuer.token("coach", "work-first")
        cls.server = OwnServer(*cls.issuer.options())
        cls.edge = cls.before(cls.server.address.removeprefix("unix:"))

    @classmethod
    def tearDownClass(cls):
        cls.edge.stop()
        cls.server.remove()
        shutil.rmtree(cls.folder)

    @classmethod
    def before(cls, unix_socket):
        return Edge(cls.folder, unix_socket, cls.pem)

    def credentials(self, token=None):
        credentials = grpc.ssl_channel_credentials(self.authority.certificate.read_bytes())
        if token is None:
            return credentials
        return grpc.composite_channel_credentials(
            credentials, grpc.access_token_call_credentials(token))

    def client(self, token=None, edge=None):
        client = Client((edge or self.edge).address, self.credentials(token))
        self.addCleanup(client.close)
        client.wait_until_connected()
        return client

    def teller(self):
        """A channel through an edge of its own to a server that tells what reached it."""
        unix_socket = self.folder / f"teller-{self.id().rsplit('.', 1)[1]}"
        teller = Teller(unix_socket)
        self.addCleanup(teller.server.stop, 0)
        edge = self.before(unix_socket)
        self.addCleanup(edge.stop)
        channel = grpc.secure_channel(edge.address, self.credentials())
        self.addCleanup(channel.close)
        return channel.unary_unary("/tell/Headers")

    def test_a_call_comes_through_with_its_token(self):
        self.assertEqual(len(self.client(self.token).taxonomies.ListTaxonomies(LIST).taxonomies), 0)

    def test_without_a_token_passendd_refuses(self):
        with refused() as why:
            self.client().taxonomies.ListTaxonomies(LIST)
        self.assertEqual(why[0].reason, "ERROR_REASON_UNAUTHENTICATED")
        self.assertEqual(why[0].metadata, {"cause": "no_credentials"})

    def test_inbound_identity_does_not_get_through(self):
        sent = {"x-forwarded-for": "10.0.0.1", "forwarded": "for=10.0.0.1", "x-real-ip": "10.0.0.1",
                "x-forwarded-client-cert": "URI=passend:operator/us/me", "x-ssl-client-dn": "me",
                "x-remote-user": "me", "x-passend-role": "operator", "passend-role": "operator",
                "passend-edge": "0", "cookie": "session=1", "via": "1.1 me",
                "authorization-x": "Bearer x", "x-authorization": "Bearer x",
                "identity-bin": b"\x00\x01", "grpc-tags-bin": b"\x00\x01"}
        kept = {"authorization": "Bearer t", "traceparent":
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "tracestate": "a=b"}
        answer = self.teller()(b"", metadata=[*sent.items(), *kept.items()], timeout=10)
        reached = [tuple(pair) for pair in json.loads(answer)]
        for pair in kept.items():
            self.assertIn(pair, reached)
        names = {name for name, _ in reached}
        self.assertEqual(names & (set(sent) - {"passend-edge"}), set())
        self.assertEqual([value for name, value in reached if name == "passend-edge"], ["1"])
        self.assertLessEqual(names, set(kept) | {"passend-edge", "user-agent"})

    def test_a_server_without_identity_takes_nobody_from_an_edge(self):
        server = OwnServer()
        self.addCleanup(server.remove)
        edge = self.before(server.address.removeprefix("unix:"))
        self.addCleanup(edge.stop)
        with refused() as why:
            self.client(self.token, edge).taxonomies.ListTaxonomies(LIST)
        self.assertEqual(why[0].metadata, {"cause": "edge_without_identity"})

    def test_tls_is_1_2_at_least_with_http_2(self):
        def connect(**options):
            context = ssl.create_default_context(cafile=self.authority.certificate)
            for name, value in options.items():
                setattr(context, name, value)
            context.set_alpn_protocols(["h2", "http/1.1"])
            with socket.create_connection(("127.0.0.1", self.edge.port), timeout=10) as plain:
                with context.wrap_socket(plain, server_hostname="localhost") as tls:
                    return tls.version(), tls.selected_alpn_protocol()
        self.assertEqual(connect(), ("TLSv1.3", "h2"))
        self.assertEqual(connect(maximum_version=ssl.TLSVersion.TLSv1_2), ("TLSv1.2", "h2"))
        with self.assertRaises((ssl.SSLError, ConnectionError)):
            connect(minimum_version=ssl.TLSVersion.TLSv1, maximum_version=ssl.TLSVersion.TLSv1_1)

    def test_http_1_is_refused(self):
        context = ssl.create_default_context(cafile=self.authority.certificate)
        with socket.create_connection(("127.0.0.1", self.edge.port), timeout=10) as plain:
            with context.wrap_socket(plain, server_hostname="localhost") as tls:
                tls.sendall(b"POST /x HTTP/1.1\r\nHost: localhost\r\n"
                            b"Content-Type: application/grpc\r\nContent-Length: 0\r\n\r\n")
                self.assertIn(b" 505 ", tls.recv(1000).split(b"\r\n")[0])

    def test_headers_have_a_bound(self):
        tell = self.teller()
        tell(b"", metadata=[("authorization", "Bearer " + "a" * 4096)], timeout=10)
        many = [(f"x-{i}", "a") for i in range(80)]
        large = [("tracestate", "a" * 12_000)]
        for metadata in (many, large):
            with self.subTest(metadata[0]), self.assertRaises(grpc.RpcError):
                tell(b"", metadata=metadata, timeout=10)

    def test_a_source_has_so_many_connections(self):
        held = []
        self.addCleanup(lambda: [connection.close() for connection in held])
        edge = self.before(self.server.address.removeprefix("unix:"))
        self.addCleanup(edge.stop)
        refused_at_once = 0
        for _ in range(50 + 10):
            try:
                held.append(socket.create_connection(("127.0.0.1", edge.port), timeout=10))
            except ConnectionError:
                refused_at_once += 1
        # They are taken in by several threads: not the last ones need be those too many.
        closed = set()
        end = time.monotonic() + 3  # idle ones are closed later
        while refused_at_once + len(closed) < 10 and time.monotonic() < end:
            for one in select.select([one for one in held if one not in closed], [], [], 1)[0]:
                with contextlib.suppress(ConnectionError):
                    self.assertEqual(one.recv(1), b"")
                closed.add(one)
        self.assertEqual(refused_at_once + len(closed), 10)

    def test_a_source_has_so_many_calls(self):
        # With a lower bound: a busy machine may be too slow for the one that is shipped.
        shipped = CONFIGURATION.read_text()
        self.assertEqual(shipped.count(" sc0_http_req_rate gt 2000\n"), 1)
        lower = self.folder / "lower.cfg"
        lower.write_text(shipped.replace("req_rate gt 2000", "req_rate gt 20"))
        edge = Edge(self.folder, self.server.address.removeprefix("unix:"), self.pem, lower)
        self.addCleanup(edge.stop)
        list_taxonomies = self.client(self.token, edge).taxonomies.ListTaxonomies
        for _ in range(20):
            list_taxonomies(LIST)
        with self.assertRaises(grpc.RpcError) as caught:
            for _ in range(10):
                for call in [list_taxonomies.future(LIST) for _ in range(100)]:
                    call.result()
        # As passendd says it, so that a client waits and tries again by itself.
        why = Refusal(caught.exception)
        self.assertEqual(why.code, grpc.StatusCode.RESOURCE_EXHAUSTED)
        self.assertEqual((why.domain, why.reason), ("passend", "ERROR_REASON_OVERLOADED"))
        self.assertGreater(why.retry_seconds, 0)

    def test_the_log_tells_nothing_personal(self):
        self.client(self.token).taxonomies.ListTaxonomies(LIST)
        self.assertNotIn(self.token[:20], self.edge.told())


if __name__ == "__main__":
    unittest.main()
