#!/usr/bin/env python3
"""People, their coach and a partner call with tokens, and with a text in whatever words are theirs.

Usage: callers_with.py FOLDER TEXT options                       what the server needs, a line each
       callers_with.py FOLDER TEXT call SERVER passports/ID...   prints what was called, a line each

The text is the `sub` of each token, and in seeds of rankings, regions, and ids of requests and
batches. FOLDER keeps the key that the tokens are signed with.
"""

import contextlib
import datetime
import pathlib
import sys

import grpc
from issuer import TokenIssuer
from passend.v1 import (consent_service_pb2, consent_service_pb2_grpc, match_service_pb2,
                        sync_service_pb2, validation_pb2, validation_service_pb2, visibility_pb2)
from passend_client import Client

SECONDS_MAX = 60


class KeptIssuer(TokenIssuer):
    """Signs with the key that is in the folder already."""

    def __init__(self, folder):
        if not pathlib.Path(folder, "key-1.pem").exists():
            return super().__init__(folder)
        self.key_id, self.key = "key-1", pathlib.Path(folder, "key-1.pem")


def called(what, method, request, token):
    """The answer; None where it was refused."""
    try:
        answer = method(request, metadata=[("authorization", f"Bearer {token}")],
                        timeout=SECONDS_MAX)
    except grpc.RpcError as error:
        print(f"{what}: {error.code()} {error.details()}", file=sys.stderr)
        return None
    print(what)
    return answer


def consent_for(audience, text, number):
    request = consent_service_pb2.GrantConsentRequest(request_id=f"{text}-{number}"[:64])
    request.consent.audience = audience
    request.consent.purpose = visibility_pb2.PURPOSE_GUIDANCE
    request.consent.groups.append(visibility_pb2.FIELD_GROUP_BASIC)
    request.consent.expire_time.FromDatetime(
        datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=300))
    return request


def call(issuer, text, server, passports):
    with contextlib.closing(Client(server)) as client:
        consents = consent_service_pb2_grpc.ConsentServiceStub(client.channel)
        partner = issuer.token("partner", "delft", text)
        for number, passport in enumerate(passports):
            person = issuer.token("person", passport.removeprefix("passports/"), text)
            finding = match_service_pb2.FindTasksRequest(passport=passport, regions=["drenthe", text])
            finding.options.seed = text
            called("rankings by a login", client.matches.FindTasks, finding, person)
            granting = consent_for("coaches/c", text, number)
            granting.parent = passport
            called("consents by a request id", consents.GrantConsent, granting, person)
            batch = sync_service_pb2.PushRequest(batch_id=f"{text}-{number}")
            record = batch.records.add(external_id=f"{text}-called-{number}")
            record.upsert.passport.region = "drenthe"
            pushed = called("batches", lambda request, **options: next(
                client.sync.Push(iter([request]), **options)), batch, partner)
            if pushed is None:
                continue
            recording = validation_service_pb2.RecordValidationsRequest(
                parent=pushed.results[0].passport, request_id=f"{text}-{number}")
            recording.validations.add(skill="taxonomies/demo/concepts/fill-shelves", level=2,
                                      method=validation_pb2.VALIDATION_METHOD_REFERENCE)
            called("validations by a request id", client.validations.RecordValidations, recording,
                   partner)


def main(folder, text, what, *arguments):
    issuer = KeptIssuer(folder)
    if what == "options":
        print(*issuer.token_options(), sep="\n")
    else:
        call(issuer, text, arguments[0], arguments[1:])


if __name__ == "__main__":
    main(*sys.argv[1:])
