"""What is signed is PAdES, certified, deterministic, PDF/A still, and says when and why."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import pikepdf
import pytest
from asn1crypto import cms
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    Prehashed,
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.hashes import SHA256
from pikepdf import pdfa

from documents.sealing import (
    Registered,
    Signer,
    Verdict,
    check_in_date,
    open_signer,
    signed,
    verify,
)
from documents.sealing.container import ORDER, lower
from kernel.errors import Invalid

AT = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)


def _opened(letter: bytes) -> dict[str, Any]:
    with pikepdf.open(BytesIO(letter)) as pdf:
        return _plain(pdf)


def _plain(pdf: pikepdf.Pdf) -> dict[str, Any]:
    found = pdf.Root.AcroForm.Fields[0].V
    return {
        "filter": str(found.SubFilter),
        "reason": str(found.Reason),
        "place": str(found.Location),
        "time": str(found.M),
        "range": [int(one) for one in found.ByteRange],
        "permits": int(found.Reference[0].TransformParams.P),
        "method": str(found.Reference[0].TransformMethod),
        "certifies": pdf.Root.Perms.DocMDP.objgen == found.objgen,
        "container": bytes(found.Contents),
    }


def test_the_signature_is_what_was_asked_for(letter: bytes) -> None:
    """Read with qpdf, which signed nothing."""
    found = _opened(letter)
    assert found["filter"] == "/ETSI.CAdES.detached"
    assert found["reason"] == "签发保函 Issue of a letter"
    assert found["place"] == "中山"
    assert found["time"] == "D:20261122083000Z"
    assert (found["method"], found["permits"], found["certifies"]) == ("/DocMDP", 1, True)
    assert found["range"][0] == 0
    assert found["range"][2] + found["range"][3] == len(letter)


def test_the_container_holds_no_time_and_one_certificate(letter: bytes, signer: Signer) -> None:
    """PAdES B-B: signing time stands in the paper, the certificate is bound by its hash."""
    inner = cms.ContentInfo.load(_opened(letter)["container"])["content"]
    (info,) = inner["signer_infos"]
    names = {one["type"].native for one in info["signed_attrs"]}
    assert names == {"content_type", "message_digest", "signing_certificate_v2"}
    assert len(info["unsigned_attrs"]) == 0
    assert [one.chosen.dump() for one in inner["certificates"]] == [signer.certificates[0]]
    assert info["signature_algorithm"]["algorithm"].native == "sha256_ecdsa"
    assert info["digest_algorithm"]["algorithm"].native == "sha256"


def test_the_paper_is_untouched_before_its_signature(letter: bytes, paper: bytes) -> None:
    assert letter.startswith(paper)
    assert len(letter) - len(paper) < 8_000


def test_the_same_instant_gives_the_same_bytes(
    letter: bytes, paper: bytes, seal: Callable[..., bytes]
) -> None:
    assert seal(paper) == letter
    assert seal(paper, at=AT + timedelta(seconds=1)) != letter


def test_an_instant_is_the_same_in_every_zone(
    letter: bytes, paper: bytes, seal: Callable[..., bytes], corrupt: Callable[[bytes], Verdict]
) -> None:
    shanghai = seal(paper, at=AT.astimezone(timezone(timedelta(hours=8))))
    assert corrupt(shanghai).accepted
    assert _opened(shanghai)["time"] == "D:20261122163000+08'00'"


def _pdf_a(content: bytes) -> set[str]:
    with pikepdf.open(BytesIO(content)) as pdf:
        return {one.kind for one in pdfa.check(pdf, "3b").findings}


def test_it_is_pdf_a_still(letter: bytes, paper: bytes) -> None:
    """No violation. The checker looks into no form; without it, it finds nothing at all."""
    assert _pdf_a(paper) == set()
    assert _pdf_a(letter) == {"unsupported"}
    with pikepdf.open(BytesIO(letter)) as pdf:
        assert str(pdf.Root.get("/Version", "/1.7")) == "/1.7"
        assert "/Extensions" not in pdf.Root
        del pdf.Root.AcroForm, pdf.Root.Perms, pdf.pages[0].Annots
        assert list(pdfa.check(pdf, "3b").findings) == []


def test_uncapped_it_would_be_pdf_a_no_more(
    paper: bytes, seal: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("documents.sealing.writing.NEWEST", (2, 0))
    monkeypatch.delattr("documents.sealing.writing.SealWriter.register_extension")
    assert "violation" in _pdf_a(seal(paper))


def test_many_threads_sign_and_verify_at_once(
    letter: bytes, paper: bytes, seal: Callable[..., bytes], corrupt: Callable[[bytes], Verdict]
) -> None:
    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(lambda _: seal(paper), range(18)))
        verdicts = list(pool.map(corrupt, made))
    assert set(made) == {letter}
    assert all(one.accepted for one in verdicts)


def test_it_signs_inside_a_running_loop(
    letter: bytes, paper: bytes, seal: Callable[..., bytes], corrupt: Callable[[bytes], Verdict]
) -> None:
    async def both() -> tuple[bytes, Verdict]:
        content = seal(paper)
        return content, corrupt(content)

    content, verdict = asyncio.run(both())
    assert content == letter
    assert verdict.accepted


class Remote:
    """A provider that holds the key: it is sent 32 bytes and sends back a signature."""

    def __init__(self, made: Any, folder: Path, *, high: bool) -> None:
        opened = open_signer(made.write(folder), None)
        self.serial, self.name = opened.serial, opened.name
        self.certificates, self.roots = opened.certificates, opened.roots
        self.demonstration, self.timestamp_url = False, None
        self._key, self._high = made.key, high
        self.asked: list[bytes] = []

    def sign(self, digest: bytes) -> bytes:
        self.asked.append(digest)
        r, s = decode_dss_signature(self._key.sign(digest, ec.ECDSA(Prehashed(SHA256()))))
        return encode_dss_signature(r, max(s, ORDER - s) if self._high else s)


@pytest.mark.parametrize("levels", [1, 2, 4])
def test_a_remote_signer_is_sent_a_digest_only(
    paper: bytes, authority: type, tmp_path: Path, levels: int
) -> None:
    """With any number of issuers between it and its root; whichever of the two s it sends."""
    remote = Remote(authority(levels=levels), tmp_path, high=True)
    content = signed(paper, remote, at=AT, reason="r", place="p")
    assert [len(one) for one in remote.asked] == [32]
    own = Registered(sha256(content).hexdigest(), remote.serial, True, "issued")
    assert verify(content, trusted=remote.roots, register=lambda _: own).accepted
    assert len(remote.certificates) == levels


def test_the_lower_signature_by_arithmetic() -> None:
    for s in (1, ORDER // 2, ORDER // 2 + 1, ORDER - 1):
        made = decode_dss_signature(lower(encode_dss_signature(7, s)))
        assert made == (7, min(s, ORDER - s))


@pytest.mark.parametrize(
    ("at", "word"),
    [
        (datetime(2025, 12, 31, 23, 59, tzinfo=UTC), "not valid before"),
        (datetime(2026, 1, 31, 0, 1, tzinfo=UTC), "expired"),
    ],
)
def test_no_letter_is_signed_outside_the_certificates_days(
    paper: bytes, authority: type, tmp_path: Path, at: datetime, word: str
) -> None:
    holder = open_signer(authority(days=30).write(tmp_path), None)
    with pytest.raises(Invalid) as refused:
        signed(paper, holder, at=at, reason="r", place="p")
    assert refused.value.code == "certificate-out-of-date"
    assert word in refused.value.faults[0].problem
    assert refused.value.faults[0].field.startswith("chain.pem")
    check_in_date(holder, datetime(2026, 1, 15, tzinfo=UTC))


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"x" * 400, "signed"])
def test_what_cannot_be_signed_is_refused(
    content: Any, letter: bytes, seal: Callable[..., bytes]
) -> None:
    with pytest.raises(Invalid) as refused:
        seal(letter if content == "signed" else content)
    assert refused.value.code == "not-signable"


def test_a_zone_is_needed(paper: bytes, seal: Callable[..., bytes]) -> None:
    with pytest.raises(AssertionError):
        seal(paper, at=datetime(2026, 11, 22))  # noqa: DTZ001 - what is refused


def test_signing_is_quick(
    paper: bytes, letter: bytes, seal: Callable[..., bytes], corrupt: Callable[[bytes], Verdict]
) -> None:
    """Median CPU of twenty: at most 70 ms to sign, and as much to verify."""
    assert median(_spent(lambda: seal(paper)) for _ in range(20)) < 0.070
    assert median(_spent(lambda: corrupt(letter)) for _ in range(20)) < 0.070


def _spent(work: Callable[[], object]) -> float:
    start = process_time()
    work()
    return process_time() - start
