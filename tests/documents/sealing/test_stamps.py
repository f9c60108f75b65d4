"""B-T: a service's time stamp goes into the letter; without an answer no letter is signed."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import cms, keys, tsp, x509
from cryptography import x509 as crypto_x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

from documents.sealing import Registered, Signer, Verdict, open_signer, signed, verify
from kernel.errors import Unavailable

AT = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)


class Service:
    """A stamp service on this machine; `answer` may be bent."""

    def __init__(self) -> None:
        key = rsa.generate_private_key(65537, 2048)
        name = crypto_x509.Name([crypto_x509.NameAttribute(NameOID.COMMON_NAME, "Test stamps")])
        made = crypto_x509.CertificateBuilder(name, name, key.public_key(), 77)
        made = made.not_valid_before(AT - timedelta(days=1)).not_valid_after(AT + timedelta(days=1))
        usage = crypto_x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        certificate = made.add_extension(usage, critical=True).sign(key, SHA256())
        der = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        self.pem = certificate.public_bytes(Encoding.PEM)
        loaded = x509.Certificate.load(certificate.public_bytes(Encoding.DER))
        self._stamper = DummyTimeStamper(loaded, keys.PrivateKeyInfo.load(der), fixed_dt=AT)
        self.answer: Callable[[bytes], bytes] = self.stamp
        self.asked = 0

    def stamp(self, request: bytes) -> bytes:
        return self._stamper.request_tsa_response(tsp.TimeStampReq.load(request)).dump()


@pytest.fixture
def service() -> Iterator[Service]:
    made = Service()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            made.asked += 1
            content = made.answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Door)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    made.url = f"http://127.0.0.1:{server.server_port}/"
    yield made
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def stamping(service: Service, authority: Any, tmp_path: Path) -> Signer:
    folder = authority().write(tmp_path)
    (folder / "stamp.pem").write_bytes(service.pem)
    return open_signer(folder, None, timestamp_url=service.url)


def _sign(paper: bytes, by: Signer) -> bytes:
    return signed(paper, by, at=AT, reason="r", place="p")


def _checked(content: bytes, by: Signer, roots: tuple[bytes, ...]) -> Verdict:
    own = Registered(sha256(content).hexdigest(), by.serial, in_force=True, status="issued")
    return verify(content, trusted=roots, register=lambda _: own)


def test_a_stamped_letter_is_accepted(paper: bytes, stamping: Signer, service: Service) -> None:
    content = _sign(paper, stamping)
    assert service.asked == 2, "once to know how long its stamps are, once for the letter"
    assert _checked(content, stamping, stamping.roots).accepted
    _sign(paper, stamping)
    assert service.asked == 3


def test_the_stamp_is_of_the_signature(paper: bytes, stamping: Signer) -> None:
    """Read with asn1crypto alone: what is stamped is the SHA-256 of the signature."""
    content = _sign(paper, stamping)
    start = content.rindex(b"/Contents <") + 11
    container = bytes.fromhex(content[start : content.index(b">", start)].decode())
    (info,) = cms.ContentInfo.load(container)["content"]["signer_infos"]
    (attribute,) = info["unsigned_attrs"]
    assert attribute["type"].native == "signature_time_stamp_token"
    token = attribute["values"][0]["content"]["encap_content_info"]["content"].parsed
    assert token["message_imprint"]["hashed_message"].native == (
        sha256(info["signature"].native).digest()
    )
    assert token["gen_time"].native == AT


def test_a_stamp_by_a_stranger_is_seen(
    paper: bytes, stamping: Signer, codes: Callable[[Verdict], set[str]]
) -> None:
    verdict = _checked(_sign(paper, stamping), stamping, stamping.roots[:1])
    assert codes(verdict) == {"trusted"}
    assert "time stamp" in verdict.failed[0].en


def test_a_bent_stamp_is_seen(paper: bytes, stamping: Signer) -> None:
    """One bit anywhere in the stamp: at every twentieth byte of the container."""
    content = _sign(paper, stamping)
    start = content.rindex(b"/Contents <") + 11
    length = len(content[start : content.index(b">", start)].rstrip(b"0"))
    for at in range(start + length // 2, start + length - 2, 40):
        digit = b"%X" % (int(content[at : at + 1], 16) ^ 1)
        bent = content[:at] + digit + content[at + 1 :]
        own = Registered(sha256(content).hexdigest(), stamping.serial, True, "issued")
        assert not verify(
            bent, trusted=stamping.roots, register=dict.fromkeys([own.file_sha256], own).get
        ).accepted


def _of_another(service: Service) -> Callable[[bytes], bytes]:
    def answer(request: bytes) -> bytes:
        asked = tsp.TimeStampReq.load(request)
        asked["message_imprint"]["hashed_message"] = bytes(32)
        return service.stamp(asked.dump(force=True))

    return answer


def _of_another_nonce(service: Service) -> Callable[[bytes], bytes]:
    def answer(request: bytes) -> bytes:
        asked = tsp.TimeStampReq.load(request)
        asked["nonce"] = 5
        return service.stamp(asked.dump(force=True))

    return answer


def _refusal(_: Service) -> Callable[[bytes], bytes]:
    made = tsp.TimeStampResp({"status": tsp.PKIStatusInfo({"status": "rejection"})})
    return lambda _: made.dump()


BENT: dict[str, Callable[[Service], Callable[[bytes], bytes]]] = {
    "nothing": lambda _: lambda _: b"",
    "garbage": lambda _: lambda _: b"<html>busy</html>",
    "refusal": _refusal,
    "of another": _of_another,
    "of another request": _of_another_nonce,
}


@pytest.mark.parametrize("name", BENT)
def test_a_service_that_gives_no_stamp(
    paper: bytes, stamping: Signer, service: Service, name: str
) -> None:
    service.answer = BENT[name](service)
    with pytest.raises(Unavailable) as refused:
        _sign(paper, stamping)
    assert refused.value.code == "timestamp-unavailable"
    assert "no time stamp" in refused.value.faults[0].problem
    assert refused.value.faults[0].cure


def test_a_service_that_does_not_answer(paper: bytes, authority: Any, tmp_path: Path) -> None:
    folder = authority().write(tmp_path)
    (folder / "stamp.pem").write_bytes((folder / "chain.pem").read_bytes())
    closed = open_signer(folder, None, timestamp_url="http://127.0.0.1:1/")
    with pytest.raises(Unavailable) as refused:
        _sign(paper, closed)
    assert refused.value.faults[0].field == "timestamp_url"
