"""What was paid to customs and no policy covers is owed by the importer, and met before it is."""

import sys
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import builders
import pytest
from builders import House
from sqlalchemy import Engine

from claims.assess import Assessment, assess
from claims.claim_demand import claim_demand
from claims.close import close
from claims.disposal.duties import duties
from claims.facts import case_of
from claims.pay_recovery import Payment, pay_recovery
from claims.recover import Receipts, recover
from claims.room.story import story
from claims.room.view import Side, View
from claims.settle import settle
from claims.subrogate import Taking, subrogate
from claims.tables import ClaimRow
from documents.stated import read_stated
from kernel.db import books
from kernel.money import Money

FOLDER = Path(__file__).parents[1] / "underwriting" / "guarantees"
PAID, SETTLED, CAME = date(2025, 4, 14), date(2025, 4, 16), date(2025, 5, 6)
TAX, ASKED = 260_000_00, 9_999_99
COVERED = 260_000_00 + 2_340_00
"""27 March was the last day: 18 days at 0.05 % of 260,000.00, 2,340.00, are by the rule."""
BEYOND = TAX + ASKED - COVERED
NIL = Money(0, "CNY")


def lent(name: str) -> Any:
    """A plain module of the tests of letters."""
    if name not in sys.modules:
        spec = spec_from_file_location(name, FOLDER / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


@pytest.fixture
def customs(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A demand of 269,999.99 paid under a letter, claimed and settled."""
    monkeypatch.setitem(builders._PAPER_OF, claim_demand, "claim_receipt")
    monkeypatch.setattr(builders, "_BESIDE", (*builders._BESIDE, "recourse_notice"))
    lent("letter_stated")
    trade = lent("guaranteeing")
    issuer = trade.an_issuer(engine)
    letter = issuer.accepted()
    issuer.reserve(letter, trade.a_use())
    late = {"amount": "9999.99", "currency": "CNY"}
    issuer.demand(letter, trade.a_demand(surcharge=late))
    issuer.pay(letter, "C1", on=PAID, waiver="customs insists on its surcharge")
    return issuer, letter, settled(issuer.house, letter, "C1")


def settled(house: House, letter: Any, reference: str) -> ClaimRow:
    claim: ClaimRow = house.do(claim_demand, letter.id, reference, on=SETTLED)
    found = Assessment(
        papers=("tax_notice", "declaration"),
        conduct={"purpose_covered": True, "importer_misstated": False},
    )
    house.do(assess, claim.id, found, on=SETTLED)
    house.do(settle, claim.id, on=SETTLED)
    return claim


def came(house: House, claim: ClaimRow, gross: str, reference: str = "FIRM-1") -> Any:
    money = Receipts(reference, "the importer", CAME, Money.of(gross, "CNY"), NIL, "debtor")
    return house.do(recover, claim.id, money, on=CAME)


def owed(house: House) -> int:
    return house.balances("letter_recourse")["letter_recourse:policyholder"]


def papers(house: House, claim: ClaimRow, kind: str) -> list[Any]:
    filed = house.read(lambda s: books.documents(s, books.Subject("claim", claim.id)))
    return [read_stated(one.stated) for one in filed if one.kind == kind]


def out(amount: str) -> Payment:
    return Payment("policyholder", "out", Money.of(amount, "CNY"), CAME, "OUT-1")


def test_what_is_over_meets_the_uncovered_part_first(customs: Any) -> None:
    """200,000.00, then 100,000.00: 262,340.00 covered, 7,659.99 beyond, 30,000.01 are over."""
    issuer, _, claim = customs
    house = issuer.house
    assert house.settlement(claim).paid_to_bank_minor == COVERED
    assert owed(house) == BEYOND == 7_659_99
    first = came(house, claim, "200000.00")
    assert dict(first.parts) == {"insurer": 200_000_00}
    row = came(house, claim, "100000.00", "FIRM-2")
    assert dict(row.parts) == {"insurer": COVERED - 200_000_00, "beyond_cover": BEYOND}
    assert row.surplus_minor == 30_000_01
    assert owed(house) == 0
    assert house.balances("recourse_recovered") == {"recourse_recovered:policyholder": -COVERED}
    form = papers(house, claim, "recovery_statement")[-1]
    line = form.parties[-1]
    assert (line.borne.minor, line.now.minor, line.still_borne.minor) == (BEYOND, BEYOND, 0)
    told = house.read(lambda s: story(s, case_of(s, claim.id), View(Side.HOUSE, frozenset())))
    assert "not covered CNY 7,659.99" in told[-1].en
    house.do(pay_recovery, claim.id, out("30000.01"), on=CAME)
    house.do(close, claim.id, "all came back", on=CAME)


def test_nothing_is_paid_out_while_the_importer_owes_on_another_demand(customs: Any) -> None:
    """100,000.00 were paid on a second demand: 30,000.01 over on the first stay until they came."""
    issuer, letter, claim = customs
    house, trade = issuer.house, lent("guaranteeing")
    issuer.reserve(letter, trade.a_use("D2", "100000.00"))
    issuer.demand(letter, trade.a_demand("C2", "100000.00", declaration="D2"))
    issuer.pay(letter, "C2", on=PAID)
    came(house, claim, "300000.00")
    refused = house.refuse("set-off-first", pay_recovery, claim.id, out("30000.01"), on=CAME)
    (fault,) = refused.faults
    assert "CNY 100,000.00" in fault.problem
    assert "CNY 100,000.00" in fault.cure
    waits = house.read(lambda s: duties(s, claim.id, CAME))
    assert "set_off_policyholder" in {one.code for one in waits if one.done_on is None}
    second = settled(house, letter, "C2")
    house.refuse("set-off-first", pay_recovery, claim.id, out("30000.01"), on=CAME)
    came(house, second, "100000.00")
    house.do(pay_recovery, claim.id, out("30000.01"), on=CAME)


def test_the_notice_asks_for_all_that_was_paid_to_customs(customs: Any) -> None:
    issuer, _, claim = customs
    house = issuer.house
    row = house.do(subrogate, claim.id, Taking(NIL), on=SETTLED)
    assert (row.paid_minor, row.taken_minor) == (TAX + ASKED, TAX + ASKED)
    (form,) = papers(house, claim, "recourse_notice")
    assert (form.paid.minor, form.asked.minor) == (TAX + ASKED, TAX + ASKED)


def test_the_letters_payment_is_not_told_as_paid_twice(customs: Any) -> None:
    issuer, _, claim = customs
    told = issuer.house.read(
        lambda s: story(s, case_of(s, claim.id), View(Side.HOUSE, frozenset()))
    )
    (said,) = (one for one in told if one.kind == "settled")
    assert "no cash is paid now" in said.en
    assert "and paid" not in said.en
    assert "本次不再付现" in said.zh
