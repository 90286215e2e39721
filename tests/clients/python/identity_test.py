"""Who calls: mutual TLS and tokens, with a real client, each role at what it is for."""
import pathlib
import shutil
import tempfile
import unittest

import grpc
from passend.v1 import passport_service_pb2, task_service_pb2, taxonomy_service_pb2

from issuer import Authority, TokenIssuer
from own_server import OwnServer
from passend_client import Client, refused


class IdentityTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="passend."))
        cls.authority = Authority(cls.folder)
        cls.issuer = TokenIssuer(cls.folder)
        key, certificate = cls.authority.issue("server", "DNS:localhost,IP:127.0.0.1")
        cls.server = OwnServer(
            "--tls-certificate", certificate, "--tls-key", key,
            "--tls-client-ca", cls.authority.certificate, *cls.issuer.options(),
            listen="127.0.0.1:0")

    @classmethod
    def tearDownClass(cls):
        cls.server.remove()
        shutil.rmtree(cls.folder)

    def client(self, uri=None, token=None):
        key = certificate = None
        if uri is not None:
            name = uri.replace(":", "-").replace("/", "-")
            key, certificate = (file.read_bytes() for file in self.authority.issue(name, f"URI:{uri}"))
        credentials = grpc.ssl_channel_credentials(self.authority.certificate.read_bytes(), key,
                                                   certificate)
        if token is not None:
            credentials = grpc.composite_channel_credentials(
                credentials, grpc.access_token_call_credentials(token))
        client = Client(self.server.address, credentials)
        self.addCleanup(client.close)
        if uri is not None:
            client.wait_until_connected()
        return client

    def test_a_certificate_says_who_calls(self):
        coach = self.client("passend:coach/work-first/anna")
        request = passport_service_pb2.CreatePassportRequest()
        request.passport.region = "groningen"
        passport = coach.passports.CreatePassport(request)
        self.assertEqual(list(passport.coaches), ["coaches/work-first"])
        with refused() as why:
            coach.tasks.ListTasks(task_service_pb2.ListTasksRequest())
        self.assertEqual(why[0].code, grpc.StatusCode.PERMISSION_DENIED)
        self.assertEqual(why[0].reason, "ERROR_REASON_PERMISSION_DENIED")

    def test_a_token_goes_before_the_certificate(self):
        get = passport_service_pb2.GetPassportRequest()
        partner = self.client("passend:partner/delft/sync")
        request = passport_service_pb2.CreatePassportRequest()
        request.passport.region = "groningen"
        get.name = partner.passports.CreatePassport(request).name
        person = get.name.removeprefix("passports/")
        portal = "passend:partner/delft/portal"
        own = self.client(portal, self.issuer.token("person", person))
        self.assertEqual(own.passports.GetPassport(get).name, get.name)
        other = self.client(portal, self.issuer.token("person", "somebody-else"))
        with refused() as why:
            other.passports.GetPassport(get)
        self.assertEqual(why[0].reason, "ERROR_REASON_PASSPORT_NOT_FOUND")

    def test_bad_tokens_say_why(self):
        everything = taxonomy_service_pb2.ListTaxonomiesRequest()
        for cause, token in {
                "token_malformed": "nonsense",
                "token_expired": self.issuer.token("coach", "work-first", seconds=-60),
                "token_audience": self.issuer.token("coach", "work-first", aud="other"),
                "token_claims": self.issuer.token("boss", "work-first"),
        }.items():
            with self.subTest(cause):
                with refused() as why:
                    self.client("passend:coach/work-first/anna", token).taxonomies.ListTaxonomies(
                        everything)
                self.assertEqual(why[0].code, grpc.StatusCode.UNAUTHENTICATED)
                self.assertEqual(why[0].reason, "ERROR_REASON_UNAUTHENTICATED")
                self.assertEqual(why[0].metadata, {"cause": cause})

    def test_without_a_certificate_there_is_no_connection(self):
        client = self.client(token=self.issuer.token("coach", "work-first"))
        with self.assertRaises(grpc.RpcError) as caught:
            client.taxonomies.ListTaxonomies(taxonomy_service_pb2.ListTaxonomiesRequest(), timeout=10)
        self.assertEqual(caught.exception.code(), grpc.StatusCode.UNAVAILABLE)


if __name__ == "__main__":
    unittest.main()
