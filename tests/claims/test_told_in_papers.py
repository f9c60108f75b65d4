"""What papers and the timeline say of an act: no more than was done, in the words of the trade."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from builders import (
    GOOD_CONDUCT,
    MATTERS,
    RECOVERED,
    SAMPLES,
    SETTLED,
    House,
    a_desk,
    a_risk,
    shipped,
    yuan,
)

from claims.assess import Assessment, assess
from claims.facts import case_of
from claims.names import names_of
from claims.revise import revise
from claims.room.story import story, waiting
from claims.room.view import Side, View
from claims.rules.timeline.turn import turn_said
from claims.rules.unverified import unverified_said
from documents.forms.decision_letter import DecisionLetter
from documents.lines import lines_of
from documents.render import Form
from documents.stated import read_stated
from kernel.db import books
from kernel.db.engine import transact
from kernel.money import Money
from underwriting.products import product

SCHEME = "zhongshan-2021"
HOUSE = View(Side.HOUSE, frozenset())
WRONG = {**GOOD_CONDUCT, "use_as_agreed": False}


@pytest.fixture
def policy(house: House) -> Any:
    house.pool(shipped(SCHEME), "fund", yuan("70000000.00"))
    return house.policy(a_risk(cover={"scheme": SCHEME}))


def forms(house: House, claim: Any, kind: str) -> list[Form]:
    rows = house.read(lambda s: books.documents(s, books.Subject("claim", claim.id)))
    return [read_stated(one.stated) for one in rows if one.kind == kind]


def told(house: House, claim: Any) -> list[Any]:
    return list(house.read(lambda s: story(s, case_of(s, claim.id), HOUSE)))


def denied_after_payment(house: House, policy: Any) -> Any:
    claim = house.settled(policy)
    house.do(revise, claim.id, "the loan went elsewhere", on=SETTLED)
    wrong, desk = Assessment(conduct=WRONG), a_desk(SETTLED)
    transact(house.engine, lambda s: assess(s, claim.id, wrong, desk=desk))
    house.audit()
    return claim


def test_nobody_is_said_to_have_agreed_who_did_not(house: House, policy: Any) -> None:
    claim = house.settled(policy)
    agreed = Assessment(conduct=GOOD_CONDUCT, agreed_on=date(2026, 3, 20))
    house.again(claim, agreed)
    silent, said = [one.en for one in told(house, claim) if one.kind == "accepted"]
    assert "agreed on" not in silent
    assert "the amount was agreed on 20 March 2026" in said


def test_a_refusal_is_told_before_what_it_makes_owed_back(house: House, policy: Any) -> None:
    """What was paid, 480,000.00, is a duty of the bank until it is paid back."""
    claim = denied_after_payment(house, policy)
    kinds = [one.kind for one in told(house, claim)]
    assert kinds.index("denied") < len(kinds) - 1 - kinds[::-1].index("settled")
    found = house.read(lambda s: waiting(s, claim.id, HOUSE, RECOVERED))
    (back,) = [one for one in found if one.duty.code == "pay_back"]
    names = house.read(lambda s: names_of(s, case_of(s, claim.id)))
    said = turn_said(back, names, "en").sentence
    assert said.startswith("It is the turn of the bank: pay back CNY 480,000.00")
    assert not re.search("[a-z]{2}", turn_said(back, names, "zh").sentence)


def test_a_statement_of_a_refusal_is_headed_by_what_is_owed_back(house: House, policy: Any) -> None:
    claim = denied_after_payment(house, policy)
    paid, back = (one.blocks()[1] for one in forms(house, claim, "settlement_statement"))
    assert (paid.tone, paid.value) == ("good", "CNY 480,000.00")
    assert (back.tone, back.value, back.label.en) == ("bad", "CNY 480,000.00", "To be paid back")


def test_a_call_names_whom_it_pays_and_its_papers_by_their_titles(
    house: House, policy: Any
) -> None:
    claim = house.settled(policy)
    for form in forms(house, claim, "call_letter"):
        lines = lines_of(form)
        assert "收款方 Payee: 示范银行" in lines
        assert any(one.startswith("赔款理算书 Settlement Statement |") for one in lines)
        assert "核定通知书" not in "\n".join(lines)
        assert all("未经核实" in one and "。 Unverified" in one for one in form.notes)
    assert DecisionLetter.title.zh == "理赔决定通知书"


def test_every_uncertain_term_of_a_shipped_scheme_is_said_in_chinese() -> None:
    folder = Path(__file__).parents[2] / "underwriting" / "schemes"
    for path in folder.glob("*.toml"):
        for term, why in shipped(path.stem).scheme.unverified.items():
            zh = unverified_said(term, why).partition("。 ")[0]
            assert "见英文" not in zh, (path.stem, why)
            assert not re.search("[a-z]{4}", zh), zh


@pytest.mark.parametrize("code", list(MATTERS))
def test_a_statement_says_its_loss_in_the_words_of_its_kind(house: House, code: str) -> None:
    risk = product(code).risk.model_validate(dict(SAMPLES[code]), strict=False)
    claim = house.settled(house.policy(risk))
    (form,) = forms(house, claim, "settlement_statement")
    steps = "\n".join(form.steps)
    assert "principal" not in steps
    assert "本金" not in steps
    assert "可分担损失" in steps
    (receipt,) = forms(house, claim, "claim_receipt")
    assert receipt.findings
    assert all(re.search("[\u4e00-\u9fff]", one.cure) for one in receipt.findings if one.cure)


def test_the_reasons_stand_below_the_amounts(house: House, policy: Any) -> None:
    claim = house.settled(policy)
    less = {"principal": (100_000_000, "was repaid")}
    house.again(claim, Assessment(conduct=GOOD_CONDUCT, adjusted=less))
    form = forms(house, claim, "settlement_statement")[-1]
    listed = {one.heading.en: one for one in form.blocks() if hasattr(one, "columns")}
    assert len(listed["Loss as asked and as approved"].columns) == 5
    (row,) = listed["Why not more"].rows
    assert "was repaid" in row[1]


def test_a_recovery_statement_names_its_parties(house: House, policy: Any) -> None:
    claim = house.settled(policy)
    house.recover(claim, "100000.00")
    (form,) = forms(house, claim, "recovery_statement")
    names = {one.party for one in form.parties}
    assert {"保险人 the insurer", "风险补偿资金 the public fund"} <= names
    assert form.net == Money.of("100000.00", "CNY")
