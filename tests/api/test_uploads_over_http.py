"""Files over HTTP: streamed, hashed, stopped early, believed in nothing, seen by few."""

import asyncio
import hashlib
import io
import tracemalloc
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from threading import BoundedSemaphore
from typing import Any

import pytest
from builders import GOOD_CONDUCT
from callers import Caller, Counter, a_notice
from course_claim_papers import A_SCAN, walk_claim_files
from fastapi import Request

from api import upload
from api.routes import claim_papers
from claims.receive_paper import receive_paper
from claims.uploads.forms import LARGEST

TEXT = "还款及欠款明细,金额\n2026-03-11,100.00\n".encode()


def send(caller: Caller, path: str, content: Any, **headers: str) -> Any:
    return caller.ask("POST", path, content=content, headers=headers)


@pytest.fixture
def place(counter: Counter) -> str:
    """Where the papers of a claim of the bank are; one paper is here."""
    counter.a_pool()
    policy = counter.a_policy()
    counter.on(2026, 3, 12)
    claim = counter.caller["bank"].post("/v1/claims", a_notice(policy, papers=1))
    return f"/v1/claims/{claim['id']}/papers"


def test_a_file_goes_in_and_comes_out_as_it_was(counter: Counter, place: str) -> None:
    bank, adjuster = counter.caller["bank"], counter.caller["adjuster"]
    kept = send(bank, f"{place}/arrears_statement", TEXT, **{"Content-Type": "text/html"})
    assert kept.status_code == 201, kept.text
    digest = hashlib.sha256(TEXT).hexdigest()
    assert kept.json()["sha256"] == digest
    back = adjuster.ask("GET", f"{place}/arrears_statement/{digest}")
    assert (back.status_code, back.content) == (200, TEXT)
    assert back.headers["content-type"] == "text/csv; charset=utf-8"
    assert back.headers["content-disposition"].startswith('attachment; filename="CL')
    assert back.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in back.headers["content-security-policy"]
    listed = {one["code"]: one for one in bank.get(place)["papers"]}
    assert listed["arrears_statement"]["needed"] is False
    assert listed["arrears_statement"]["versions"][0]["size"] == len(TEXT)
    assert listed["dunning_notices"]["needed"] is True


def test_the_same_key_keeps_a_file_once_and_another_file_not(counter: Counter, place: str) -> None:
    bank, where = counter.caller["bank"], f"{place}/dunning_notices"
    first = bank.ask("POST", where, content=TEXT, key="one")
    assert bank.ask("POST", where, content=TEXT, key="one").content == first.content
    other = bank.ask("POST", where, content=TEXT + b"1", key="one")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")


def test_a_repeated_file_gets_its_first_answer_whatever_became_of_the_claim(
    counter: Counter, place: str
) -> None:
    """Closed since; a new key is refused before its file is read, and so is another's claim."""
    bank, adjuster = counter.caller["bank"], counter.caller["adjuster"]
    claim = place.removesuffix("/papers")
    where = f"{place}/dunning_notices"
    first = bank.ask("POST", where, content=TEXT, key="one")
    papers = [one["code"] for one in bank.get(place)["papers"]]
    fraud = {"conduct": {**GOOD_CONDUCT, "fraud_by_insured": True}, "papers": papers}
    adjuster.post(f"{claim}/assessment", fraud)
    assert adjuster.post(f"{claim}/closing", {"reason": "denied"})["state"] == "closed"
    again = bank.ask("POST", where, content=TEXT, key="one")
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["idempotent-replayed"] == "true"
    fresh = bank.ask("POST", where, content=_never(), key="two")
    assert (fresh.status_code, fresh.json()["code"]) == (409, "claim-closed")
    others = counter.caller["other"].ask("POST", where, content=_never(), key="one")
    assert others.status_code == 404


def test_a_client_sees_and_fills_its_own_claims_only(counter: Counter, place: str) -> None:
    """Another's claim and one that is not there are refused in the same words, before the file."""
    other, digest = counter.caller["other"], hashlib.sha256(TEXT).hexdigest()
    assert send(counter.caller["bank"], f"{place}/dunning_notices", TEXT).status_code == 201
    nowhere = "/v1/claims/cl_aaaaaaaaaaaaaaaaaaaaaaaaaa/papers"
    for path in (place, nowhere):
        answers = [
            send(other, f"{path}/dunning_notices", _never()),
            other.ask("GET", path),
            other.ask("GET", f"{path}/dunning_notices/{digest}"),
        ]
        assert {one.status_code for one in answers} == {404}
        assert {one.json()["code"] for one in answers} == {"no-such-claim"}
    assert send(counter.caller["nobody"], f"{place}/dunning_notices", _never()).status_code == 401
    refused = send(counter.caller["underwriter"], f"{place}/dunning_notices", _never())
    assert refused.status_code == 403


def _never() -> Iterator[bytes]:
    """A file that nobody may begin to read; the client sends one piece ahead."""
    yield b"x"


@dataclass
class Line:
    """A client on its own line: a piece leaves when the house asks for it, and is counted."""

    piece: bytes = b"\0" * 1_000_000
    pieces: int = 2_000
    drawn: int = 0
    said: list[Any] = field(default_factory=list)

    async def receive(self) -> dict[str, Any]:
        self.drawn += 1
        assert self.drawn <= self.pieces
        more = self.drawn < self.pieces
        return {"type": "http.request", "body": self.piece, "more_body": more}

    async def send(self, message: Any) -> None:
        self.said.append(message)

    def ask(self, counter: Counter, path: str, **headers: str) -> dict[str, str]:
        """Send two gigabytes; return the headers of the answer."""
        token = counter.caller["bank"].token
        told = {"authorization": f"Bearer {token}", "idempotency-key": "big", **headers}
        scope = {
            "type": "http", "http_version": "1.1", "method": "POST", "path": path,
            "raw_path": path.encode(), "query_string": b"", "root_path": "", "scheme": "http",
            "server": ("house", 80), "client": ("192.0.2.1", 1), "state": {},
            "headers": [(name.encode(), value.encode()) for name, value in told.items()],
        }  # fmt: skip
        asyncio.run(counter.app(scope, self.receive, self.send))
        start = self.said[0]
        answered = {name.decode(): value.decode() for name, value in start["headers"]}
        return {"status": str(start["status"]), **answered}


def test_two_gigabytes_are_stopped_announced_or_not(counter: Counter, place: str) -> None:
    """Announced, not a byte of it is read; unannounced, no more than a file may have."""
    announced, unannounced, bank = Line(), Line(), counter.caller["bank"]
    size = {"content-length": str(2_000_000_000)}
    for line, told, most in ((announced, size, 0), (unannounced, {}, 21)):
        answer = line.ask(counter, f"{place}/dunning_notices", **told)
        assert (answer["status"], answer["connection"]) == ("413", "close")
        assert line.drawn == most
    listed = {one["code"]: one for one in bank.get(place)["papers"]}
    assert listed["dunning_notices"]["versions"] == []


def test_the_longest_file_is_taken(counter: Counter, place: str) -> None:
    longest = b"a" * LARGEST
    assert send(counter.caller["bank"], f"{place}/dunning_notices", longest).status_code == 201
    over = send(counter.caller["bank"], f"{place}/dunning_notices", longest + b"a")
    assert over.status_code == 413


def test_a_larger_file_has_its_place_until_it_is_kept(
    counter: Counter, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A small one needs none, and comes in while all are taken."""
    places, free = BoundedSemaphore(1), []
    monkeypatch.setattr(upload, "_PLACES", places)

    def keeping(*asked: Any, **by: Any) -> Any:
        free.append(places.acquire(blocking=False))
        return receive_paper(*asked, **by)

    monkeypatch.setattr(claim_papers, "receive_paper", keeping)
    bank, where = counter.caller["bank"], f"{place}/dunning_notices"
    assert send(bank, where, b"a" * (upload.SMALL + 1)).status_code == 201
    assert free == [False]
    assert places.acquire(blocking=False)
    busy = send(bank, where, b"b" * (upload.SMALL + 1))
    assert (busy.status_code, busy.json()["code"]) == (503, "uploads-busy")
    assert send(bank, where, b"c" * upload.SMALL).status_code == 201


def test_a_file_is_held_once_while_it_comes() -> None:
    """Two hundred and forty megabytes of twelve files are no more for a moment either."""
    piece, left = b"a" * 1_000_000, LARGEST // 1_000_000

    async def receive() -> dict[str, Any]:
        nonlocal left
        left -= 1
        return {"type": "http.request", "body": piece, "more_body": left > 0}

    async def come() -> int:
        request = Request({"type": "http", "method": "POST", "headers": []}, receive)
        with ExitStack() as held:
            return len((await upload._streamed(request, held))[0])

    tracemalloc.start()
    try:
        assert asyncio.run(come()) == LARGEST
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < LARGEST * 1.5


def test_an_archive_that_bursts_is_refused_without_being_opened(
    counter: Counter, place: str
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("xl/workbook.xml", b"\0" * 100_000_000)
    refused = send(counter.caller["bank"], f"{place}/arrears_statement", packed.getvalue())
    assert (refused.status_code, refused.json()["code"]) == (422, "file-too-deep")


def test_names_lead_nowhere(counter: Counter, place: str) -> None:
    bank = counter.caller["bank"]
    for code in ("..%2F..%2Fetc", "claim_form.exe", "%00", "..", "a" * 65):
        answer = send(bank, f"{place}/{code}", TEXT)
        assert answer.status_code in (404, 405, 422), code
        assert answer.headers["content-type"] == "application/problem+json"
    headers = {"Content-Disposition": 'attachment; filename="../../etc/passwd"'}
    kept = send(bank, f"{place}/claim_form", TEXT, **headers)
    digest = hashlib.sha256(TEXT).hexdigest()
    shown = bank.ask("GET", f"{place}/claim_form/{digest}").headers["content-disposition"]
    assert kept.status_code == 201
    assert "passwd" not in shown
    assert bank.ask("GET", f"{place}/dunning_notices/{digest}").status_code == 404


def _many(counter: Counter, place: str, count: int) -> None:
    """Send many small files at once: every one is kept, none twice."""
    codes = ("drawdown_slip", "arrears_statement", "dunning_notices", "pledge_certificate")
    bank = counter.caller["bank"]

    def one(number: int) -> int:
        content = f"page {number % (count // 2)}".encode()
        return int(send(bank, f"{place}/{codes[number % 4]}", content).status_code)

    with ThreadPoolExecutor(16) as pool:
        statuses = list(pool.map(one, range(count)))
    taken = sum(status == 201 for status in statuses)
    assert set(statuses) <= {201, 409}
    listed = bank.get(place)["papers"]
    versions = [one for paper in listed for one in paper["versions"]]
    assert all(len(paper["versions"]) <= 20 for paper in listed)
    assert len(versions) <= taken
    for paper in listed:
        numbers = [one["version"] for one in paper["versions"]]
        assert numbers == list(range(1, len(numbers) + 1))
    events = bank.get(place.replace("/papers", "/events"))["items"]
    assert sum(one["kind"] == "paper_received" for one in events) == len(versions)


def test_fifty_files_at_once(counter: Counter, place: str) -> None:
    _many(counter, place, 56)


@pytest.mark.slow
def test_a_thousand_files_at_once(counter: Counter, place: str) -> None:
    _many(counter, place, 1_000)


def test_the_course_of_papers_and_clocks(counter: Counter, place: str) -> None:
    claim_id = place.split("/")[3]
    walk_claim_files(counter, claim_id)
    clocks = counter.caller["bank"].get(f"/v1/claims/{claim_id}/clocks")["clocks"]
    (assess,) = [one for one in clocks if one["code"] == "assess"]
    by_hand = ("2026-04-18", "2026-04-20")  # 12 March + 30 + 3 + 4: a Saturday, so the Monday
    assert (assess["due"], assess["last_day"], assess["days_left"]) == (*by_hand, 27)
    listed = {one["code"]: one for one in counter.caller["bank"].get(place)["papers"]}
    versions = listed["dunning_notices"]["versions"]
    assert [one["rejected"] and one["rejected"]["reason"] for one in versions] == [
        "第二页无法辨认 page 2 cannot be read",
        None,
    ]
    assert versions[1]["form"] == "png"
    assert hashlib.sha256(A_SCAN).hexdigest() == versions[1]["sha256"]
