"""The server's certificate, the keys of tokens and the master key are exchanged under a mixed load.

    tests/stress/live.sh rotation build/dev/bin/passendd [--rounds 3] [--seed 7] [--canary]

Coaches, employers, partners and people call all the while, over connections that they keep and over
new ones. Nothing is tried again, by gRPC neither: a connection that is refused is a failed call.
The server's own count of calls has to be the callers' count, and none in it may have failed. Then
the newest master key alone has to be enough to read everybody as before.

--canary: the old key of tokens is taken away while callers still use it.
"""
import functools
import itertools
import json
import os
import pathlib
import random
import ssl
import tempfile
import threading
import time

import grpc
from google.protobuf import field_mask_pb2, timestamp_pb2
from passend.v1 import (consent_pb2, consent_service_pb2, match_service_pb2, passport_service_pb2,
                        task_service_pb2, validation_pb2, validation_service_pb2, visibility_pb2)

import demo_world
from issuer import AUDIENCE, ISSUER, Authority, TokenIssuer
from passend_client import Client, pages
from running_server import (CALL_SECONDS_MAX, Report, add_master_key, main_of, read_options,
                            running, waits_for)

OWN = "rotation"  # whose everything is
CALLERS = ["coach", "employer", "partner", "person"] * 2  # four keep their connection, four do not
CALLS_A_SECOND = 25  # of each caller
CALLS_A_CONNECTION = 5  # of callers that do not keep theirs
PEOPLE = 60
SECONDS_MAX = 60  # until something is taken over
SKILL = "taxonomies/demo/concepts/fill-shelves"


def replace_file(path, text):
    """Nobody ever reads half of it."""
    beside = path.with_suffix(".new")
    beside.write_text(text)
    os.replace(beside, path)


class Site:
    """Whom the server knows, and the files that are exchanged while it runs."""

    def __init__(self, folder):
        self.folder = folder
        self.authority = Authority(folder)
        self.client_key, self.client_certificate = (
            file.read_bytes()
            for file in self.authority.issue("client", "URI:https://example.org"))
        self.numbers = itertools.count()
        self.key, self.certificate = folder / "server-key.pem", folder / "server.pem"
        self.key_set = folder / "jwks.json"
        self.write_certificate()
        self.issuer = self.new_issuer()
        self.write_keys(self.issuer)
        self.tokens = {}

    def options(self):
        return ["--tls-certificate", self.certificate, "--tls-key", self.key,
                "--tls-client-ca", self.authority.certificate, "--token-keys", self.key_set,
                "--token-issuer", ISSUER, "--token-audience", AUDIENCE]

    def write_certificate(self):
        key, certificate = self.authority.issue(f"server-{next(self.numbers)}",
                                                "DNS:localhost,IP:127.0.0.1")
        replace_file(self.key, key.read_text())
        replace_file(self.certificate, certificate.read_text())

    def new_issuer(self):
        return TokenIssuer(self.folder, f"key-{next(self.numbers)}")

    def write_keys(self, *issuers):
        replace_file(self.key_set, json.dumps({"keys": [one.jwk() for one in issuers]}))

    def sign_with(self, issuer):
        """Every caller has a new token from its next call on."""
        self.issuer = issuer
        self.tokens = {who: issuer.token(*who, seconds=3600) for who in self.tokens}

    def connect(self, address, role, tenant=OWN):
        """A connection of its own; gRPC tries nothing again over it."""
        who = role, tenant
        if who not in self.tokens:
            self.tokens[who] = self.issuer.token(role, tenant, seconds=3600)

        def badge(_, callback):
            callback((("authorization", f"Bearer {self.tokens[who]}"),), None)

        tls = grpc.ssl_channel_credentials(self.authority.certificate.read_bytes(),
                                           self.client_key, self.client_certificate)
        return Client(
            address,
            grpc.composite_channel_credentials(tls, grpc.metadata_call_credentials(badge)),
            [("grpc.use_local_subchannel_pool", 1), ("grpc.enable_retries", 0)])


class Caller:
    """One role at what it is for, at its pace; counts its calls, and keeps why some failed."""

    def __init__(self, role, connect, keeps, choices, passport, task):
        self.connect, self.keeps, self.choices = connect, keeps, choices
        self.passport, self.task = passport, task
        self.next_call = getattr(self, f"as_{role}")
        self.calls, self.kinds, self.faults, self.consents = 0, set(), [], []

    def run(self, ending):
        client, following = self.connect(), time.monotonic()
        while not ending.is_set():
            following = max(following + 1 / CALLS_A_SECOND, time.monotonic() - 1)
            time.sleep(max(0.0, following - time.monotonic()))
            if not self.keeps and self.calls % CALLS_A_CONNECTION == 0:
                client.close()
                client = self.connect()
            call, request = self.next_call(client)
            try:
                answer = call(request, timeout=CALL_SECONDS_MAX)
                if isinstance(answer, consent_pb2.Consent) and not answer.HasField("revoke_time"):
                    self.consents.append(answer.name)
            except grpc.RpcError as error:
                self.faults.append(f"{type(request).__name__}: {error.code()} {error.details()}")
            self.kinds.add(type(request).__name__)
            self.calls += 1
        client.close()

    def as_coach(self, client):
        validation = validation_pb2.Validation(
            skill=SKILL, level=self.choices.randrange(1, 5),
            method=validation_pb2.VALIDATION_METHOD_OBSERVED)
        return self.choices.choice([
            (client.passports.GetPassport,
             passport_service_pb2.GetPassportRequest(name=self.passport)),
            (client.passports.ListPassports,
             passport_service_pb2.ListPassportsRequest(page_size=20)),
            (client.validations.ListValidations,
             validation_service_pb2.ListValidationsRequest(parent=self.passport)),
            (client.validations.RecordValidations,
             validation_service_pb2.RecordValidationsRequest(parent=self.passport,
                                                             validations=[validation]))])

    def as_employer(self, client):
        return self.choices.choice([
            (client.matches.FindCandidates,
             match_service_pb2.FindCandidatesRequest(task=self.task)),
            (client.tasks.GetTask, task_service_pb2.GetTaskRequest(name=self.task)),
            (client.tasks.ListTasks, task_service_pb2.ListTasksRequest())])

    def as_partner(self, client):
        change = passport_service_pb2.UpdatePassportRequest(
            update_mask=field_mask_pb2.FieldMask(paths=["wishes"]))
        change.passport.name = self.passport
        hours = change.passport.wishes.hours
        hours.weekly_hours_min = hours.weekly_hours_max = self.choices.randrange(1, 60)
        return self.choices.choice([
            (client.passports.UpdatePassport, change),
            (client.passports.GetPassport,
             passport_service_pb2.GetPassportRequest(name=self.passport)),
            (client.passports.ListPassports,
             passport_service_pb2.ListPassportsRequest(page_size=20))])

    def as_person(self, client):
        if self.consents:
            return (client.consents.RevokeConsent,
                    consent_service_pb2.RevokeConsentRequest(name=self.consents.pop()))
        consent = consent_pb2.Consent(
            audience="coaches/other", purpose=visibility_pb2.PURPOSE_GUIDANCE,
            groups=[visibility_pb2.FIELD_GROUP_BASIC],
            expire_time=timestamp_pb2.Timestamp(seconds=int(time.time()) + 86_400))
        return self.choices.choice([
            (client.consents.GrantConsent,
             consent_service_pb2.GrantConsentRequest(parent=self.passport, consent=consent)),
            (client.consents.ListConsents,
             consent_service_pb2.ListConsentsRequest(parent=self.passport)),
            (client.matches.FindTasks,
             match_service_pb2.FindTasksRequest(passport=self.passport))])


def prepare(site, server):
    """The names of people and of tasks, all of them OWN's."""
    operator, coach, partner, employer = (site.connect(server.address, role) for role in (
        "operator", "coach", "partner", "employer"))
    operator.taxonomies.ImportTaxonomy(demo_world.taxonomy_parts())
    people, tasks = [], []
    for _, passport, validations in itertools.islice(demo_world.everybody(), PEOPLE):
        del passport.partners[:]
        passport.coaches[:] = [f"coaches/{OWN}"]
        people.append(partner.passports.CreatePassport(
            passport_service_pb2.CreatePassportRequest(passport=passport)).name)
        if validations:
            coach.validations.RecordValidations(
                validation_service_pb2.RecordValidationsRequest(parent=people[-1],
                                                                validations=validations))
    for name in demo_world.task_names()[:8]:
        task = demo_world.task(name)
        task.name, task.employer = "", f"employers/{OWN}"
        tasks.append(employer.tasks.CreateTask(task_service_pb2.CreateTaskRequest(task=task)).name)
    for client in (operator, coach, partner, employer):
        client.close()
    return people, tasks


def everybody(site, server):
    partner = site.connect(server.address, "partner")
    found = [one.SerializeToString(deterministic=True)
             for page in pages(partner.passports.ListPassports,
                               passport_service_pb2.ListPassportsRequest(), "passports", 50)
             for one in page]
    partner.close()
    return sorted(found)


def counted(server):
    """Calls that ended, and those of them that failed, as the server says."""
    by_labels = {name: count for name, count in server.metrics().items()
                 if name.startswith("passend_calls_total{")}
    failed = {name: count for name, count in by_labels.items() if 'code="OK"' not in name}
    return sum(by_labels.values()), sum(failed.values())


def settled_count(server):
    """A call is counted a moment after its answer is there."""
    before = None
    while (now := counted(server)) != before:
        before = now
        time.sleep(0.3)
    return now


def taken_over(server, line, exchange):
    """Whether the log has the line once more after the exchange."""
    said = (server.folder / "server.log").read_text().count(line)
    exchange()
    return waits_for(lambda: (server.folder / "server.log").read_text().count(line) > said,
                     SECONDS_MAX)


def exchange_certificate(site, server):
    host, port = server.address.rsplit(":", 1)

    def is_served():
        served = ssl.get_server_certificate((host, int(port)))
        return (ssl.PEM_cert_to_DER_cert(served) ==
                ssl.PEM_cert_to_DER_cert(site.certificate.read_text()))

    return (taken_over(server, "TLS: the new certificate", site.write_certificate) and
            waits_for(is_served, SECONDS_MAX))


def exchange_token_key(site, server, callers, canary):
    """As issuers do: publish the new key, sign with it, take the old one away."""
    old, new = site.issuer, site.new_issuer()
    if not taken_over(server, "2 are in force now", lambda: site.write_keys(old, new)):
        return False
    if not canary:
        site.sign_with(new)
        # Calls that were sent with the old token are answered first.
        then = [caller.calls for caller in callers]
        if not waits_for(lambda: all(caller.calls > count + 1
                                     for caller, count in zip(callers, then)), SECONDS_MAX):
            return False
    gone = taken_over(server, "1 are in force now", lambda: site.write_keys(new))
    if canary:
        time.sleep(1)
        site.sign_with(new)
    return gone


def exchange_all(site, server, callers, report, asked):
    exchanges = {
        "certificates": lambda: exchange_certificate(site, server),
        "keys of tokens": lambda: exchange_token_key(site, server, callers, asked.canary),
        "master keys": lambda: taken_over(server, "keys: under master key",
                                          lambda: add_master_key(server)),
    }
    for what, exchange in exchanges.items():
        done = sum(exchange() for _ in range(asked.rounds))
        report.figure(f"{what} taken over", done)
        report.expect(done == asked.rounds, f"{what}: one was not taken over")


def callers_of(site, server, people, tasks, seed):
    callers = []
    for number, (role, passport, task) in enumerate(zip(CALLERS, people, tasks)):
        tenant = passport.removeprefix("passports/") if role == "person" else OWN
        connect = functools.partial(site.connect, server.address, role, tenant)
        connect().close()  # it has a token from now on
        callers.append(Caller(role, connect, number < len(CALLERS) // 2,
                              random.Random(f"{seed}/{number}"), passport, task))
    return callers


def load_while(callers, work):
    """Everybody calls until the work is done."""
    ending = threading.Event()
    threads = [threading.Thread(target=caller.run, args=(ending,)) for caller in callers]
    for thread in threads:
        thread.start()
    try:
        work()
    finally:
        ending.set()
        for thread in threads:
            thread.join()


def run_in(folder, asked, report):
    site = Site(folder)
    with running(*site.options(), "--master-key-file", "{folder}/master.key", "--make-master-key",
                 listen="127.0.0.1:0") as server:
        callers = callers_of(site, server, *prepare(site, server), asked.seed)
        before = settled_count(server)
        load_while(callers, lambda: exchange_all(site, server, callers, report, asked))
        after = settled_count(server)
        calls = sum(caller.calls for caller in callers)
        for fault in itertools.chain.from_iterable(caller.faults for caller in callers):
            report.fault(fault)
        report.figure("calls", calls)
        report.figure("kinds of calls", len(set().union(*(caller.kinds for caller in callers))))
        report.limit("calls that failed, as callers saw",
                     sum(len(caller.faults) for caller in callers), 0)
        report.limit("calls that failed, as the server counted", int(after[1] - before[1]), 0)
        report.limit("calls that the server counted more or less",
                     abs(int(after[0] - before[0]) - calls), 0)
        report.limit("connections turned away",
                     int(server.metrics()["passend_connections_turned_away_total"]), 0)
        people = everybody(site, server)
        report.expect(server.stop() == 0, "the server did not stop as it should")
        keep_newest_master_key(server)
        server.start()
        report.figure("people read with the newest master key alone", len(people))
        report.expect(len(people) == PEOPLE and everybody(site, server) == people,
                      "people are others with the newest master key alone")


def keep_newest_master_key(server):
    file = server.folder / "master.key"
    file.write_text(file.read_text().splitlines(keepends=True)[-1])


def run():
    asked = read_options(__doc__, rounds=3)
    report = Report("rotation", asked.seed)
    with tempfile.TemporaryDirectory(prefix="passend.") as folder:
        run_in(pathlib.Path(folder), asked, report)
    return report.end(["UNAUTHENTICATED"] if asked.canary else [])


main_of(run)
