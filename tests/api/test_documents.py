"""Papers over HTTP: printed when first asked for and never again, and compared line by line."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from threading import Event
from typing import Any

import pytest
from callers import Counter
from sqlalchemy import text

from api.cli.books import run_verify
from documents.press import Press, print_stated
from documents.printed import stated_of
from documents.render import Pdf
from kernel.db import books
from kernel.db.append_only import unprotect
from kernel.db.engine import read, transact
from kernel.db.row import new_id
from kernel.settings import Settings
from underwriting.audit_prints import verify_prints


@pytest.fixture
def policy(counter: Counter) -> Any:
    counter.a_pool()
    return counter.a_policy()


def _papers(counter: Counter, kind: str, id_: str) -> list[Any]:
    asked = {"subject_type": kind, "subject_id": id_}
    return counter.caller["bank"].get("/v1/documents", **asked)["items"]


def _prints(counter: Counter) -> int:
    return read(counter.engine, lambda s: s.connection().scalar(text("SELECT count(*) FROM print")))


def test_a_paper_is_printed_when_it_is_first_asked_for(counter: Counter, policy: Any) -> None:
    bank, (paper,) = counter.caller["bank"], _papers(counter, "policy", policy["id"])
    assert (paper["kind"], paper["number"]) == ("policy_schedule", policy["number"])
    assert (paper["sha256"], paper["size"], paper["pages"]) == (None, None, None)
    assert _prints(counter) == 0
    first = bank.ask("GET", paper["content"])
    now = bank.get(f"/v1/documents/{paper['id']}")
    assert now["sha256"] == sha256(first.content).hexdigest()
    assert (now["size"], now["pages"] > 0) == (len(first.content), True)
    assert now["stated_sha256"] == paper["stated_sha256"]
    assert sha256(stated_of(first.content).encode()).hexdigest() == paper["stated_sha256"]
    assert _papers(counter, "policy", policy["id"]) == [now]


def test_it_is_never_printed_twice(counter: Counter, policy: Any) -> None:
    printed = []

    def printer(said: str) -> Pdf:
        printed.append(said)
        return print_stated(said)

    counter.app.state.house = replace(counter.app.state.house, press=Press(printer=printer))
    (paper,) = _papers(counter, "policy", policy["id"])
    answers = [counter.caller["bank"].ask("GET", paper["content"]) for _ in range(3)]
    assert len({answer.content for answer in answers}) == len(printed) == _prints(counter) == 1


def test_readers_at_once_get_one_print(counter: Counter, policy: Any) -> None:
    (paper,) = _papers(counter, "policy", policy["id"])
    with ThreadPoolExecutor(6) as readers:
        answers = list(
            readers.map(lambda _: counter.caller["bank"].ask("GET", paper["content"]), range(6))
        )
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == _prints(counter) == 1


def test_a_busy_press_says_when_to_come_again(counter: Counter, policy: Any) -> None:
    (paper,) = _papers(counter, "policy", policy["id"])
    started, go = Event(), Event()

    def slow() -> None:
        started.set()
        go.wait(10)

    press = Press(1, 0)
    counter.app.state.house = replace(counter.app.state.house, press=press)
    with ThreadPoolExecutor(1) as other:
        other.submit(press.do, slow)
        started.wait(10)
        refused = counter.caller["bank"].ask("GET", paper["content"])
        go.set()
    assert (refused.status_code, refused.json()["code"]) == (503, "press-busy")
    assert refused.json()["errors"][0]["cure"] == "ask again in a second"
    assert counter.caller["bank"].ask("GET", paper["content"]).status_code == 200


def test_a_paper_printed_again_is_the_same(counter: Counter, policy: Any) -> None:
    bank, (paper,) = counter.caller["bank"], _papers(counter, "policy", policy["id"])
    place = f"/v1/documents/{paper['id']}/reprint"
    never = bank.get(place)
    assert (never["sha256"], never["edition"], never["same"]) == (None, None, None)
    assert _prints(counter) == 0
    content = bank.ask("GET", paper["content"]).content
    again = bank.get(place)
    assert again["same"] is True
    assert again["sha256"] == again["reprint_sha256"] == sha256(content).hexdigest()
    assert again["edition"] == again["reprint_edition"]
    assert again["stated_sha256"] == paper["stated_sha256"]


def test_what_changed_between_two_offers_is_read_line_by_line(counter: Counter) -> None:
    counter.a_pool()
    house, quote = counter.caller["underwriter"], counter.a_quote()
    house.post(f"/v1/quotes/{quote['id']}/approval", {"reason": "the pool was checked"})
    first = house.post(f"/v1/quotes/{quote['id']}/letter")
    minor = int(quote["premium"]["amount"].replace(".", "")) - 100
    offered = {"amount": f"{minor // 100}.{minor % 100:02}", "currency": "CNY"}
    said = {"premium": offered, "reason": "a client of ten years"}
    house.post(f"/v1/quotes/{quote['id']}/overrides", said)
    later = house.post(f"/v1/quotes/{quote['id']}/letter")
    assert (first["id"] != later["id"], later["number"]) == (True, f"{quote['number']}-2")
    assert house.post(f"/v1/quotes/{quote['id']}/letter") == later
    told = house.get(f"/v1/documents/{later['id']}/diff", against=first["id"])
    lines = [line for one in told["passages"] for line in one["lines"]]
    added = [line["text"] for line in lines if line["mark"] == "added"]
    assert not told["same"]
    assert (told["added"], told["removed"]) == (
        len(added),
        [line["mark"] for line in lines].count("removed"),
    )
    assert any(f"{minor // 100:,}.{minor % 100:02}" in line for line in added)
    back = house.get(f"/v1/documents/{first['id']}/diff", against=later["id"])
    assert (back["added"], back["removed"]) == (told["removed"], told["added"])
    itself = house.get(f"/v1/documents/{first['id']}/diff", against=first["id"])
    assert (itself["same"], itself["passages"]) == (True, [])


def test_what_was_filed_as_bytes_is_given_and_not_printed(counter: Counter, policy: Any) -> None:
    """A signed file, or a paper of the years before: its bytes are what they are."""
    bank, (paper,) = counter.caller["bank"], _papers(counter, "policy", policy["id"])
    carried = bank.ask("GET", paper["content"]).content
    subject, at = books.Subject("policy", policy["id"]), counter.clock.now()
    kept = {}
    for number, content in (("SIGNED", carried), ("OLD", b"%PDF-1.3 of earlier years")):
        row = transact(
            counter.engine,
            lambda s, n=number, c=content: books.file(s, subject, "k", number=n, content=c, at=at),
        )
        kept[number] = row.id
        assert bank.ask("GET", f"/v1/documents/{row.id}/content").content == content
        told = bank.get(f"/v1/documents/{row.id}")
        assert (told["sha256"], told["size"]) == (sha256(content).hexdigest(), len(content))
        assert (told["stated_sha256"], told["pages"]) == (None, None)
        refused = bank.ask("GET", f"/v1/documents/{row.id}/reprint")
        assert (refused.status_code, refused.json()["code"]) == (409, "filed-as-bytes")
    same = bank.get(f"/v1/documents/{kept['SIGNED']}/diff", against=paper["id"])
    assert same["same"]
    asked = {"params": {"against": kept["OLD"]}}
    refused = bank.ask("GET", f"/v1/documents/{paper['id']}/diff", **asked)
    assert (refused.status_code, refused.json()["code"]) == (409, "says-nothing")
    assert refused.json()["errors"][0]["field"] == "against"
    assert _prints(counter) == 1


def test_another_bank_reads_prints_and_compares_nothing(counter: Counter, policy: Any) -> None:
    (paper,) = _papers(counter, "policy", policy["id"])
    for id_ in (paper["id"], new_id("dc")):
        for part in ("/content", "/reprint", f"/diff?against={id_}"):
            told = counter.caller["other"].ask("GET", f"/v1/documents/{id_}{part}")
            assert (told.status_code, told.json()["code"]) == (404, "no-such-document")
    assert _prints(counter) == 0


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ("content = CAST('paper' AS {bytes})", "has a print that cannot be read as PDF"),
        ("content = {earlier}", "has a print that says something else"),
        ("sha256 = '" + "0" * 64 + "'", "does not print again to the same bytes"),
    ],
)
def test_the_audit_prints_every_paper_again(
    counter: Counter, policy: Any, change: str, problem: str
) -> None:
    counter.caller["bank"].post(f"/v1/quotes/{policy['quote_id']}/letter")
    papers = [*_papers(counter, "policy", policy["id"]),
              *_papers(counter, "quote", policy["quote_id"])]  # fmt: skip
    for paper in papers:
        counter.caller["bank"].ask("GET", paper["content"])
    assert _prints(counter) == 2
    assert read(counter.engine, verify_prints) == ()
    dialect = counter.engine.dialect.name
    words = change.replace("{bytes}", "BYTEA" if dialect == "postgresql" else "BLOB").replace(
        "{earlier}", f"(SELECT content FROM print WHERE document_id = '{papers[1]['id']}')"
    )

    def tamper(session: Any) -> None:
        for statement in (
            *unprotect("print", dialect),
            f"UPDATE print SET {words} WHERE document_id = '{papers[0]['id']}'",
        ):
            session.connection().exec_driver_sql(statement)

    transact(counter.engine, tamper)
    (fault,) = read(counter.engine, verify_prints)
    assert fault.field == f"document {papers[0]['id']}"
    assert fault.problem.endswith(problem)


def test_a_print_of_another_edition_is_held_to_its_words_only(
    counter: Counter, policy: Any
) -> None:
    (paper,) = _papers(counter, "policy", policy["id"])
    rows = read(counter.engine, lambda s: books.documents(s, books.Subject("policy", policy["id"])))
    drawn = print_stated(rows[0].stated)
    other = drawn.content + b"\n"  # as another edition might have set it
    transact(
        counter.engine,
        lambda s: books.keep_print(
            s, rows[0], other, pages=drawn.pages, edition="of old", at=counter.clock.now()
        ),
    )
    assert read(counter.engine, verify_prints) == ()
    again = counter.caller["bank"].get(f"/v1/documents/{paper['id']}/reprint")
    assert (again["same"], again["edition"]) == (False, "of old")


def test_verify_books_audits_the_prints(counter: Counter, policy: Any, database_url: str) -> None:
    (paper,) = _papers(counter, "policy", policy["id"])
    counter.caller["bank"].ask("GET", paper["content"])
    told = run_verify(Settings(database_url=database_url))
    assert told["clean"] is True
    assert told["checked"]["prints"] == []
