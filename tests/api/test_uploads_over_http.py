"""Files over HTTP: streamed, hashed, stopped early, believed in nothing, seen by few."""

import asyncio
import hashlib
import io
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pytest
from callers import Caller, Counter, a_notice
from course_claim_papers import A_SCAN, walk_claim_files

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
