"""A quote is priced before its write: acts once all the same, and nobody waits while it is made."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from callers import Counter, a_proposal
from sqlalchemy import event
from sqlmodel import func, select

from api import house
from kernel.db.engine import read
from kernel.db.tables import EventRow, IdempotencyRow
from kernel.db.verify import verify_events
from underwriting.audit import verify_quotes
from underwriting.tables import QuoteRow

TOGETHER = 8


def count(counter: Counter, table: type) -> int:
    """Rows of a table."""
    return read(counter.engine, lambda s: s.exec(select(func.count()).select_from(table)).one())


def test_one_key_sent_by_many_at_once_is_one_quote(counter: Counter) -> None:
    """All price it, one writes it, all get its bytes."""
    counter.a_pool()
    bank, sent, start = counter.caller["bank"], {"risk": a_proposal()}, Barrier(TOGETHER)

    def ask(number: int) -> bytes:
        del number
        start.wait()
        answer = bank.ask("POST", "/v1/quotes", sent, key="k1")
        assert answer.status_code == 201
        return answer.content

    with ThreadPoolExecutor(TOGETHER) as pool:
        assert len(set(pool.map(ask, range(TOGETHER)))) == 1
    assert count(counter, QuoteRow) == 1


def test_many_keys_at_once_are_as_many_sound_quotes(counter: Counter) -> None:
    counter.a_pool()
    bank, start = counter.caller["bank"], Barrier(TOGETHER)

    def ask(number: int) -> str:
        start.wait()
        loan = {"amount": {"amount": f"{1_000_000 + number}.00", "currency": "CNY"}}
        answer = bank.ask("POST", "/v1/quotes", {"risk": a_proposal(loan=loan)}, key=f"k{number}")
        assert answer.status_code == 201
        return str(answer.json()["id"])

    with ThreadPoolExecutor(TOGETHER) as pool:
        ids = set(pool.map(ask, range(TOGETHER)))
    assert len(ids) == count(counter, QuoteRow) == TOGETHER
    assert read(counter.engine, verify_quotes) == ()
    assert read(counter.engine, verify_events) == ()


def test_a_repeated_request_is_answered_without_a_price_or_a_write(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter.a_pool()
    bank, sent = counter.caller["bank"], {"risk": a_proposal()}
    first = bank.ask("POST", "/v1/quotes", sent, key="k1")
    monkeypatch.setattr(house, "draft", None)
    asked: list[str] = []
    event.listen(counter.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    again = bank.ask("POST", "/v1/quotes", sent, key="k1")
    assert again.content == first.content
    assert again.headers["idempotent-replayed"] == "true"
    assert not [one for one in asked if one.startswith(("INSERT", "UPDATE", "BEGIN IMMEDIATE"))]


def test_a_refused_proposal_leaves_its_key_free(counter: Counter) -> None:
    bank, sent = counter.caller["bank"], {"risk": a_proposal()}
    scheme = {"scheme": "no-such-scheme"}
    refused = bank.ask("POST", "/v1/quotes", {"risk": a_proposal(cover=scheme)}, key="k1")
    assert refused.status_code == 422
    counter.a_pool()
    assert bank.ask("POST", "/v1/quotes", sent, key="k1").status_code == 201


def test_others_write_while_a_quote_is_priced(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The price holds no write lock: a party is registered meanwhile, on either database."""
    counter.a_pool()
    begun, go, priced = Event(), Event(), house.draft

    def slowly(*args: object, **named: object) -> object:
        begun.set()
        assert go.wait(20)
        return priced(*args, **named)  # type: ignore[arg-type] # handed on as they came

    monkeypatch.setattr(house, "draft", slowly)
    bank, before = counter.caller["bank"], count(counter, EventRow)
    with ThreadPoolExecutor(1) as pool:
        quote = pool.submit(bank.ask, "POST", "/v1/quotes", {"risk": a_proposal()}, key="k1")
        assert begun.wait(20)
        party = {"kind": "guarantor", "name": "示范担保", "register_id": "91440000GUAR000001"}
        counter.caller["underwriter"].post("/v1/parties", party, key="k2")
        assert count(counter, IdempotencyRow) >= 1
        assert count(counter, QuoteRow) == 0
        go.set()
        assert quote.result().status_code == 201
    assert count(counter, QuoteRow) == 1
    assert count(counter, EventRow) > before + 1
