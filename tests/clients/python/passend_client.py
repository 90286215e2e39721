"""A client of Passend in Python: the stubs over one channel, and errors that say why."""
import contextlib
import pathlib

import grpc
from google.rpc import error_details_pb2, status_pb2
from passend.v1 import (consent_service_pb2_grpc, match_service_pb2_grpc, passport_service_pb2_grpc,
                        policy_service_pb2_grpc, sync_service_pb2_grpc, task_service_pb2_grpc,
                        taxonomy_service_pb2_grpc, validation_service_pb2_grpc)

import health_pb2_grpc


class TokenFile(grpc.AuthMetadataPlugin):
    """The bearer token in a file, read for each call: it is replaced there before it ends."""

    def __init__(self, path):
        self.path = pathlib.Path(path)

    def __call__(self, context, callback):
        try:
            callback((("authorization", f"Bearer {self.path.read_text().strip()}"),), None)
        except OSError as error:
            callback((), error)


def credentials_from(environment):
    """Who calls, as an environment such as os.environ tells it: PASSEND_TLS_CA, PASSEND_TLS_CERT and
    PASSEND_TLS_KEY are files in PEM, PASSEND_TOKEN_FILE has a token and goes before the certificate.
    None without PASSEND_TLS_CA: then the line is plain, and a token is not sent over it."""
    if not environment.get("PASSEND_TLS_CA"):
        return None
    authority, key, certificate = (
        pathlib.Path(environment[name]).read_bytes() if environment.get(name) else None
        for name in ("PASSEND_TLS_CA", "PASSEND_TLS_KEY", "PASSEND_TLS_CERT"))
    credentials = grpc.ssl_channel_credentials(authority, key, certificate)
    if not environment.get("PASSEND_TOKEN_FILE"):
        return credentials
    return grpc.composite_channel_credentials(
        credentials, grpc.metadata_call_credentials(TokenFile(environment["PASSEND_TOKEN_FILE"])))


class Client:
    """`server` is host:port or unix:/path. Thread-safe, as gRPC's channels are.

    With `credentials`, such as those of `credentials_from(os.environ)`, over TLS. `options` are of
    the channel.
    """

    def __init__(self, server, credentials=None, options=None):
        self.channel = (grpc.secure_channel(server, credentials, options) if credentials else
                        grpc.insecure_channel(server, options))
        self.passports = passport_service_pb2_grpc.PassportServiceStub(self.channel)
        self.validations = validation_service_pb2_grpc.ValidationServiceStub(self.channel)
        self.tasks = task_service_pb2_grpc.TaskServiceStub(self.channel)
        self.consents = consent_service_pb2_grpc.ConsentServiceStub(self.channel)
        self.matches = match_service_pb2_grpc.MatchServiceStub(self.channel)
        self.taxonomies = taxonomy_service_pb2_grpc.TaxonomyServiceStub(self.channel)
        self.policies = policy_service_pb2_grpc.PolicyServiceStub(self.channel)
        self.sync = sync_service_pb2_grpc.SyncServiceStub(self.channel)
        self.health = health_pb2_grpc.HealthStub(self.channel)

    def wait_until_connected(self, seconds_max=10):
        """Connects, and tries again where that fails; raises grpc.FutureTimeoutError.

        Calls that do not wait fail as long as there is no connection. The first attempt over TCP may
        fail with nothing wrong: gRPC of before 2024 may take the error of something else for one of
        connect (github.com/grpc/grpc/pull/35064).
        """
        grpc.channel_ready_future(self.channel).result(timeout=seconds_max)

    def close(self):
        self.channel.close()


class Refusal:
    """Why a call failed: the code, the reason with its metadata, what is wrong with fields, and after
    how many seconds to try again; None where that is not told."""

    def __init__(self, error):
        self.code = error.code()
        self.reason, self.metadata, self.fields, self.retry_seconds = "", {}, {}, None
        trailers = dict(error.trailing_metadata() or ())
        status = status_pb2.Status.FromString(trailers.get("grpc-status-details-bin", b""))
        for detail in status.details:
            info, bad_request = error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest()
            retry = error_details_pb2.RetryInfo()
            if detail.Unpack(info):
                self.domain, self.reason = info.domain, info.reason
                self.metadata = dict(info.metadata)
            elif detail.Unpack(bad_request):
                self.fields = {v.field: v.description for v in bad_request.field_violations}
            elif detail.Unpack(retry):
                self.retry_seconds = retry.retry_delay.ToTimedelta().total_seconds()


@contextlib.contextmanager
def refused():
    """`with refused() as why:` - the call inside has to fail; `why` is a list with the Refusal."""
    why = []
    try:
        yield why
    except grpc.RpcError as error:
        why.append(Refusal(error))
    else:
        raise AssertionError("the server did not refuse")


def pages(call, request, field, page_size):
    """All entries of a list method, page after page."""
    request.page_size, token = page_size, None
    while token != "":
        request.page_token = token or ""
        response = call(request)
        yield list(getattr(response, field))
        token = response.next_page_token
