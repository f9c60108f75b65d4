"""Recourse product by product: who is told, for how much, by which article; letters left alone."""

import sys
from datetime import date
from fractions import Fraction
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import builders
import pytest
from builders import SAMPLES, House
from sqlalchemy import Engine

from claims.assess import Assessment, assess
from claims.claim_demand import claim_demand
from claims.disposal.audit import verify_recoveries
from claims.disposal.recourse import notices, subrogation_of
from claims.notify import Notice, notify
from claims.open_disposal import Opening, open_disposal
from claims.recover import Receipts, recover
from claims.rules.disposal.recourse import Waiver
from claims.settle import settle
from claims.subrogate import Liable, Taking, note_pledgee, subrogate
from claims.tables import ClaimRow
from documents.forms.recourse_notice import RecourseNotice
from documents.stated import read_stated
from kernel.db.tables import DocumentRow
from kernel.money import Money
from underwriting.guarantees.audit import verify_letters
from underwriting.products import product

FILED, TOLD, PAID, TAKEN = (date(2025, 6, day) for day in (2, 5, 12, 16))
LETTERS = Path(__file__).parents[1] / "underwriting" / "guarantees"
CONDUCT = {
    "infringement_loss": {
        "filing_accepted": True, "counsel_consented": True, "right_in_force": True,
        "known_at_inception": False, "related_infringer": False, "claim_waived": False,
        "settled_unconsented": False, "fraud_by_insured": False,
    },
    "infringement_liability": {
        "counsel_consented": True, "settled_unconsented": False, "wilful": False,
        "known_at_inception": False, "only_by_contract": False, "criminal": False,
        "fraud_by_insured": False,
    },
}  # fmt: skip
NIL = Money(0, "CNY")


@pytest.fixture(autouse=True)
def _papers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each notice is a paper; how many there are is what is asked here."""
    beside = (*builders._BESIDE, "recourse_notice")
    monkeypatch.setattr(builders, "_BESIDE", beside)


def enforced(house: House) -> ClaimRow:
    """Costs of 120,000.00 of a suit, of which 99,000.00 are paid."""
    sample = SAMPLES["infringement_loss"]
    risk = product("infringement_loss").risk.model_validate(sample, strict=False)
    policy = house.policy(risk)
    notice = Notice(
        policy_id=policy.id,
        default_date=FILED,
        known_on=FILED,
        asked={"litigation": 120_000_00},
        currency="CNY",
        papers=tuple(policy.contract["papers"]),
        facts={"first_infringed_on": date(2025, 4, 1), "right_number": "ZL202010000001.X"},
    )
    claim = house.do(notify, notice, on=TOLD)
    conduct = Assessment(conduct=CONDUCT["infringement_loss"])
    house.do(assess, claim.id, conduct, on=date(2025, 6, 9))
    house.do(settle, claim.id, on=PAID)
    return claim


def papers(house: House, claim: ClaimRow) -> list[RecourseNotice]:
    """The notices as they are printed, in order."""

    def act(session: Any) -> list[str]:
        row = subrogation_of(session, claim.id)
        assert row is not None
        return [
            str(session.get(DocumentRow, one.document_id).stated)
            for one in notices(session, row.id)
        ]

    found: list[Any] = [read_stated(one) for one in house.read(act)]
    return found


def test_an_infringer_is_told_and_must_be_named(house: House) -> None:
    claim = enforced(house)
    owed = house.settlement(claim).paid_to_bank_minor
    assert owed > 0
    refused = house.refuse("invalid", subrogate, claim.id, Taking(NIL), on=TAKEN)
    assert refused.faults[0].field == "liable"
    infringer = Liable("infringer", "侵权公司")
    house.do(subrogate, claim.id, Taking(NIL, (), (infringer,)), on=TAKEN)
    (notice,) = papers(house, claim)
    assert (notice.addressee, notice.asked.minor) == ("侵权公司", owed)
    assert "60" in notice.rights[0]
    row = house.read(lambda s: subrogation_of(s, claim.id))
    assert row is not None
    assert row.registry_due is None, "no pledge passes with a claim for infringement"


def test_a_share_of_a_tortfeasor_is_what_it_is_asked(house: House) -> None:
    claim = enforced(house)
    owed = house.settlement(claim).paid_to_bank_minor
    third = Liable("joint_tortfeasor", "甲", Fraction(1, 3))
    whole = Liable("supplier", "乙")
    house.do(subrogate, claim.id, Taking(NIL, (), (third, whole)), on=TAKEN)
    first, second = papers(house, claim)
    assert abs(first.asked.minor - Fraction(owed, 3)) <= Fraction(1, 2)
    assert second.asked.minor == owed
    assert (first.number[-2:], second.number[-2:]) == ("N1", "N2")
    nobody = house.refuse("invalid", open_disposal, claim.id, Opening(), on=TAKEN)
    assert "none is pledged" in nobody.faults[0].problem


def _lent(name: str) -> Any:
    """A plain module of the tests of letters."""
    if name not in sys.modules:
        spec = spec_from_file_location(name, LETTERS / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


@pytest.fixture
def customs(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A demand of customs of 260,000.00 paid under a letter, claimed and settled."""
    monkeypatch.setitem(builders._PAPER_OF, claim_demand, "claim_receipt")
    _lent("letter_stated")
    trade = _lent("guaranteeing")
    issuer = trade.an_issuer(engine)
    letter = issuer.accepted()
    issuer.reserve(letter, trade.a_use())
    issuer.demand(letter, trade.a_demand())
    issuer.pay(letter, "C1", on=date(2025, 4, 14))
    claim = issuer.house.do(claim_demand, letter.id, "C1", on=date(2025, 4, 15))
    found = Assessment(
        papers=("tax_notice", "declaration"),
        conduct={"purpose_covered": True, "importer_misstated": False},
    )
    issuer.house.do(assess, claim.id, found, on=date(2025, 4, 15))
    issuer.house.do(settle, claim.id, on=date(2025, 4, 16))
    return issuer.house, claim


def test_what_the_importer_pays_reduces_its_recourse_and_no_letter(customs: Any) -> None:
    """100,000.00 of 260,000.00 come back: 160,000.00 are still owed; the letters' audit holds."""
    house, claim = customs
    house.do(subrogate, claim.id, Taking(NIL), on=date(2025, 4, 17))
    (notice,) = papers(house, claim)
    assert "700" in notice.rights[0]
    assert "letter of guarantee" in notice.basis
    money = Receipts(
        "IMPORTER-1", "the importer paid", date(2025, 5, 6), Money(105_000_00, "CNY"),
        Money(5_000_00, "CNY"), origin="debtor",
    )  # fmt: skip
    row = house.do(recover, claim.id, money, on=date(2025, 5, 6))
    assert (row.net_minor, sum(row.parts.values())) == (100_000_00, 100_000_00)
    booked = house.balances()
    assert booked["recourse_recovered:policyholder"] == -100_000_00
    assert booked["memo_recourse_met:policyholder"] == 100_000_00
    owed = house.settlement(claim).eligible_minor + booked["recourse_recovered:policyholder"]
    assert owed == 160_000_00
    assert house.read(verify_letters) == ()
    assert house.read(verify_recoveries) == ()


def test_a_guarantee_of_a_loan_notes_no_recourse_of_letters(house: House) -> None:
    claim = house.settled(house.policy())
    house.recover(claim, "100.00")
    assert not house.balances("recourse_recovered")


def test_no_pledge_passes_to_whoever_was_pledgee_from_the_first(customs: Any) -> None:
    """Before the take-over it is to come first; after it there is nothing to be noted."""
    house, claim = customs
    noted = (claim.id, "GJ-1", date(2025, 4, 17))

    def cure() -> str:
        refused = house.refuse("no-pledge-passed", note_pledgee, *noted, on=date(2025, 4, 17))
        return str(refused.faults[0].cure)

    assert cure() == "take the claim over first"
    house.do(subrogate, claim.id, Taking(NIL), on=date(2025, 4, 17))
    assert cure() == "leave it out: whoever is pledgee of record stays so"


def test_nothing_is_taken_over_where_all_was_received(house: House) -> None:
    """Of 99,000.00 paid the insured had all, or a cent less; put right, more passes again."""
    claim = enforced(house)
    owed = house.settlement(claim).paid_to_bank_minor
    infringer = (Liable("infringer", "侵权公司"),)

    def taking(minor: int, reason: str = "") -> Taking:
        return Taking(Money(minor, "CNY"), (), infringer, reason)

    for minor in (owed, owed + 1):
        refused = house.refuse("invalid", subrogate, claim.id, taking(minor), on=TAKEN)
        assert refused.faults[0].field == "received"
        assert "record what came back as a recovery" in refused.faults[0].cure
    waived = Taking(NIL, (Waiver(FILED, owed),), infringer)
    refused = house.refuse("invalid", subrogate, claim.id, waived, on=TAKEN)
    assert refused.faults[0].field == "waivers"
    house.do(subrogate, claim.id, taking(owed - 1), on=TAKEN)
    house.refuse("taken-over", subrogate, claim.id, taking(0), on=TAKEN)
    house.refuse("taken-over", subrogate, claim.id, taking(owed - 1, "the same"), on=TAKEN)
    row = house.do(subrogate, claim.id, taking(100, "the bank's figure was a slip"), on=TAKEN)
    assert (row.received_minor, row.taken_minor) == (100, owed - 100)
    first, second = papers(house, claim)
    assert (first.asked.minor, second.asked.minor) == (1, owed - 100)
