"""Issues tokens and certificates for tests, with the openssl program."""
import base64
import json
import pathlib
import subprocess
import time

ISSUER = "https://login.example.org"
AUDIENCE = "passend"


def _openssl(*arguments, stdin=None):
    return subprocess.run(["openssl", *map(str, arguments)], input=stdin, check=True,
                          capture_output=True).stdout


def _base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class TokenIssuer:
    """An RSA key, its JWK set as a file, and tokens that it signed with RS256."""

    def __init__(self, folder, key_id="key-1"):
        self.key_id = key_id
        self.key = pathlib.Path(folder) / f"{key_id}.pem"
        _openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", self.key)
        self.key_set = pathlib.Path(folder) / f"{key_id}.jwks.json"
        self.key_set.write_text(json.dumps({"keys": [self.jwk()]}))

    def jwk(self):
        modulus = _openssl("rsa", "-in", self.key, "-noout", "-modulus").decode().strip()
        number = bytes.fromhex(modulus.split("=")[1])
        return {"kty": "RSA", "kid": self.key_id, "alg": "RS256", "use": "sig",
                "n": _base64url(number), "e": "AQAB"}

    def token(self, role, tenant, subject="tester", seconds=300, **claims):
        header = {"alg": "RS256", "kid": self.key_id, "typ": "JWT"}
        body = {"iss": ISSUER, "aud": AUDIENCE, "exp": int(time.time()) + seconds, "sub": subject,
                "role": role, "tenant": tenant, **claims}
        signed = ".".join(_base64url(json.dumps(part).encode()) for part in (header, body))
        signature = _openssl("dgst", "-sha256", "-sign", self.key, stdin=signed.encode())
        return f"{signed}.{_base64url(signature)}"

    def token_options(self):
        """What passendd needs to take the tokens."""
        return ["--token-keys", self.key_set, "--token-issuer", ISSUER,
                "--token-audience", AUDIENCE]

    def options(self):
        """The same with a master key: a server that asks who calls encrypts."""
        return self.token_options() + ["--master-key-file", "{folder}/master.key",
                                       "--make-master-key"]


class Authority:
    """A certificate authority, and what it signed; every file is in PEM."""

    def __init__(self, folder, name="authority"):
        self.folder, self.name = pathlib.Path(folder), name
        self.key, self.certificate = self.folder / f"{name}.key", self.folder / f"{name}.pem"
        _openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                 "-subj", f"/CN={name}", "-days", 2, "-keyout", self.key, "-out", self.certificate)

    def issue(self, name, alternative_names):
        """A key and a certificate; `alternative_names` as `DNS:localhost`."""
        key, request = self.folder / f"{name}.key", self.folder / f"{name}.request"
        certificate, extensions = self.folder / f"{name}.pem", self.folder / f"{name}.extensions"
        _openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                 "-subj", f"/CN={name}", "-keyout", key, "-out", request)
        extensions.write_text(f"subjectAltName={alternative_names}\n")
        _openssl("x509", "-req", "-in", request, "-CA", self.certificate, "-CAkey", self.key,
                 "-CAcreateserial", "-days", 2, "-extfile", extensions, "-out", certificate)
        return key, certificate
