"""The disk refuses a write for good: the server says so, answers nobody from then on, and has
everything that it acknowledged when it is started again."""
import contextlib
import resource
import time
import unittest
import urllib.request

import grpc
import health_pb2
from passend.v1 import passport_pb2, passport_service_pb2

from free_port import free_port
from own_server import OwnServer
from passend_client import Client, Refusal

FILE_BYTES_MAX = 64 << 10  # of any file of the server's, once it is set
SECONDS_MAX = 20
CREATE = passport_service_pb2.CreatePassportRequest(
    passport=passport_pb2.Passport(region="groningen"))


class StoppedStoreTest(unittest.TestCase):
    def setUp(self):
        self.metrics = f"127.0.0.1:{free_port()}"
        self.server = OwnServer("--metrics-listen", self.metrics)
        self.addCleanup(self.server.remove)

    def client(self):
        client = Client(self.server.address)
        self.addCleanup(client.close)
        return client

    def figure(self, name):
        with urllib.request.urlopen(f"http://{self.metrics}/metrics", timeout=10) as answer:
            for line in answer.read().decode().splitlines():
                if line.startswith(f"{name} "):
                    return float(line.split()[1])
        raise AssertionError(f"{name} is not among the metrics")

    def wait_for_health(self, client, status):
        deadline = time.monotonic() + SECONDS_MAX
        while client.health.Check(health_pb2.HealthCheckRequest()).status != status:
            self.assertLess(time.monotonic(), deadline, f"health never became {status}")
            time.sleep(0.05)

    @contextlib.contextmanager
    def no_file_grows_further(self):
        process = self.server.process.pid
        before = resource.prlimit(process, resource.RLIMIT_FSIZE)
        resource.prlimit(process, resource.RLIMIT_FSIZE, (FILE_BYTES_MAX, before[1]))
        yield
        resource.prlimit(process, resource.RLIMIT_FSIZE, before)

    def create_until_refused(self, client):
        """Names of the acknowledged, and the refusal."""
        names = []
        for _ in range(10 * FILE_BYTES_MAX // 100):
            try:
                names.append(client.passports.CreatePassport(CREATE).name)
            except grpc.RpcError as error:
                return names, Refusal(error)
        raise AssertionError("the store took every write")

    def test_a_store_that_stopped_is_not_served_over_and_loses_nothing(self):
        client = self.client()
        self.wait_for_health(client, health_pb2.HealthCheckResponse.SERVING)
        self.assertEqual(self.figure("passend_serving"), 1)
        self.assertEqual(self.figure("passend_store_takes_writes"), 1)

        with self.no_file_grows_further():
            names, refusal = self.create_until_refused(client)
            self.assertGreater(len(names), 5)
            self.assertEqual(refusal.code, grpc.StatusCode.UNAVAILABLE)
            self.wait_for_health(client, health_pb2.HealthCheckResponse.NOT_SERVING)
        # It stays so: what is on the disk is only known when the store is opened again.
        with self.assertRaises(grpc.RpcError) as refused:
            client.passports.GetPassport(passport_service_pb2.GetPassportRequest(name=names[0]))
        self.assertEqual(refused.exception.code(), grpc.StatusCode.UNAVAILABLE)
        self.assertEqual(self.figure("passend_serving"), 0)
        self.assertEqual(self.figure("passend_store_takes_writes"), 0)
        self.assertIn("ERROR: ", (self.server.folder / "server.log").read_text())

        self.assertEqual(self.server.stop(), 0)
        self.server.start()
        client = self.client()
        for name in names:
            read = client.passports.GetPassport(passport_service_pb2.GetPassportRequest(name=name))
            self.assertEqual(read.region, "groningen")
        client.passports.CreatePassport(CREATE)


if __name__ == "__main__":
    unittest.main()
