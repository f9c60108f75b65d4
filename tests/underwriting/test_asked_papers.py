"""ACTS on papers of quotes and policies: what they say against the records they came from."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from builders import QUOTED, SAMPLES, House, a_desk, a_risk, shipped, yuan

from documents.forms.cover_note import CoverNote
from documents.forms.premium_note import PremiumNote
from documents.forms.proposal import Proposal
from documents.forms.quote_letter import QuoteLetter
from documents.stated import read_stated
from kernel.db import books
from kernel.db.engine import transact
from kernel.money import Money
from underwriting.approve import approve
from underwriting.cancel import Cancellation, cancel
from underwriting.endorse import Change, change
from underwriting.explain.who_pays import who_pays
from underwriting.history.proposal import Terms
from underwriting.history.store import state
from underwriting.inputs import Inputs
from underwriting.issue_policy_paper import issue_policy_paper
from underwriting.issue_quote_paper import issue_quote_paper
from underwriting.papers import words
from underwriting.product import Product
from underwriting.products import product, products
from underwriting.rules.history_step import Statement

EVERY = pytest.mark.parametrize("line", products().values(), ids=list(products()))
HALF = date(2025, 9, 10)
_WORDS = Path(words.__file__).with_suffix(".toml").read_text(encoding="utf-8")
CHOICES = tomllib.loads(_WORDS)["values"]
SUBSIDY = {"payer": "示范市财政局", "share": "1/2", "cap": None}


def risk_of(line: Product) -> Any:
    return line.risk.model_validate(dict(SAMPLES[line.code]), strict=False)


def of_policy(house: House, id_: str, kind: str, on: date = QUOTED) -> Any:
    """Issue it, and return the row with what it says."""
    act = issue_policy_paper
    row = transact(house.engine, lambda s: act(s, id_, kind, desk=a_desk(on)))
    house.audit()
    return row, read_stated(row.stated)


def of_quote(house: House, id_: str, kind: str) -> Any:
    act = issue_quote_paper
    row = transact(house.engine, lambda s: act(s, id_, kind, desk=a_desk()))
    house.audit()
    return row, read_stated(row.stated)


def leaves(value: Any) -> Any:
    """Every figure and word of a proposal."""
    if isinstance(value, Mapping):
        if set(value) == {"amount", "currency"}:
            yield str(Money.of(value["amount"], value["currency"]))
        else:
            for below in value.values():
                yield from leaves(below)
    elif isinstance(value, list | tuple):
        for below in value:
            yield from leaves(below)
    elif isinstance(value, str) and value:
        yield value


@EVERY
def test_a_proposal_prints_all_that_was_stated(line: Product, house: House) -> None:
    row = house.quote(risk_of(line))
    _, form = of_quote(house, row.id, "proposal")
    assert isinstance(form, Proposal)
    facts = [fact for part in form.parts for fact in part.facts]
    printed = "\n".join(str(fact.value) for fact in facts)
    inputs = json.loads(row.receipt)["inputs"]["risk"]
    for said in leaves({name: part for name, part in inputs.items() if name != "product"}):
        assert said in printed or " ".join(CHOICES.get(said, ("?",))) in printed, said
    assert all(fact.label.zh for fact in facts), "every field has its words in Chinese"
    assert form.applicant_register_id == row.borrower_register_id
    assert form.receipt_hash == row.receipt_sha256
    assert form.issued_on == row.quoted_on


@EVERY
def test_the_exemptions_of_a_proposal_are_those_of_the_wording(line: Product, house: House) -> None:
    _, form = of_quote(house, house.quote(risk_of(line)).id, "proposal")
    marked = line.wording.count("[exemption]")
    assert len(form.exemptions) == marked >= 2
    headings = " ".join(clause.heading for clause in form.exemptions)
    assert "责任免除 Exclusions" in headings


def test_the_same_paper_is_asked_for_twice(house: House) -> None:
    quote = house.quote()
    first, second = (of_quote(house, quote.id, "proposal")[0] for _ in "ab")
    assert first.id == second.id
    policy = house.policy()
    first, _ = of_policy(house, policy.id, "premium_note")
    later, _ = of_policy(house, policy.id, "premium_note", on=date(2025, 4, 1))
    assert first.id == later.id, "a later day changes nothing in it"
    assert house.kinds("policy", policy.id).count("paper_issued") == 1


def test_a_cover_note_is_the_policy_as_it_stands(house: House) -> None:
    policy = house.policy()
    row, form = of_policy(house, policy.id, "cover_note")
    assert isinstance(form, CoverNote)
    assert (row.kind, row.number) == ("cover_note", f"{policy.number}-C")
    assert form.insured_sum == Money(policy.sum_insured_minor, "CNY")
    assert form.premium == Money(policy.premium_minor, "CNY")
    assert (form.covered_from, form.covered_until) == (policy.starts_on, policy.ends_on)
    assert (form.insured, form.beneficiary) == ("示范银行", "示范银行")
    assert form.status.en == "not started"
    assert form.valid_until == date(2025, 4, 1), "thirty days, the first counted"


def test_a_cover_note_never_outlives_the_cover(house: House) -> None:
    policy = house.policy()
    _, form = of_policy(house, policy.id, "cover_note", on=policy.ends_on)
    assert form.valid_until == policy.ends_on
    assert form.status.en == "in force"


def test_there_is_no_cover_note_of_a_policy_that_is_over(house: House) -> None:
    policy = house.policy()
    on = date(2027, 1, 4)
    refused = house.refuse("not-in-force", issue_policy_paper, policy.id, "cover_note", on=on)
    assert "ended" in refused.faults[0].problem


@EVERY
def test_a_premium_note_adds_up_to_what_is_booked(line: Product, house: House) -> None:
    policy = house.policy(risk_of(line))
    _, form = of_policy(house, policy.id, "premium_note")
    assert isinstance(form, PremiumNote)
    owed = sum(house.balances("premium_receivable:").values())
    assert form.total.minor == owed == policy.premium_minor
    assert sum(one.amount.minor for one in form.dues) == owed
    assert sum(one.amount.minor for one in form.payers) == owed
    booked = house.balances()
    assert form.net.minor == -booked["premium_income"]
    assert form.tax.minor == -booked.get("tax_payable", 0)


def test_a_subsidy_is_owed_by_the_public_payer(house: House) -> None:
    policy = house.policy(a_risk(subsidy=SUBSIDY))
    _, form = of_policy(house, policy.id, "premium_note")
    booked = house.balances("premium_receivable:")
    payers = {one.payer: one.amount.minor for one in form.payers}
    assert payers == {
        "财政补贴 public subsidy：示范市财政局": booked["premium_receivable:subsidy"],
        "示范机械有限公司": booked["premium_receivable:policyholder"],
    }


def test_instalments_fall_due_year_by_year(house: House) -> None:
    risk = a_risk(
        loan={"term_months": 24, "plan": "equal_principal"}, cover={"premium_basis": "annual"}
    )
    policy = house.policy(risk)
    _, form = of_policy(house, policy.id, "premium_note")
    assert [one.due_on for one in form.dues] == [date(2025, 3, 10), date(2026, 3, 10)]
    first, second = (one.amount.minor for one in form.dues)
    assert first > second > 0
    assert first + second == policy.premium_minor


def test_what_was_returned_stands_in_the_note(house: House) -> None:
    policy = house.policy()
    consent = Statement("示范银行", HALF, "LETTER-1")
    ended = Cancellation(HALF, "loan_repaid", "repaid", consent)
    transact(house.engine, lambda s: cancel(s, policy.id, ended, desk=a_desk(HALF)))
    before, form = of_policy(house, policy.id, "premium_note", on=HALF)
    charged = house.read(lambda s: state(s, policy.id, valid=HALF)).charged
    assert form.total.minor == charged.total < policy.premium_minor
    returned = [one for one in form.dues if one.amount.minor < 0]
    assert [one.due_on for one in returned] == [HALF]
    assert returned[0].basis.startswith("解除 Cancellation CX-")
    assert before.number == f"{policy.number}-B"


def test_a_changed_premium_is_another_paper(house: House) -> None:
    policy = house.policy()
    first, _ = of_policy(house, policy.id, "premium_note")
    smaller = a_risk(loan={"amount": {"amount": "2400000.00", "currency": "CNY"}})
    asked = Change(Terms(risk=smaller), HALF, "less is lent")
    kept = transact(house.engine, lambda s: change(s, policy.id, asked, desk=a_desk(HALF)))
    if not kept.committed:
        house.do(approve, kept.quote_id, "looked into", on=HALF)
        asked = replace(asked, terms=Terms(quote_id=kept.quote_id))
        kept = transact(house.engine, lambda s: change(s, policy.id, asked, desk=a_desk(HALF)))
    assert kept.committed
    second, form = of_policy(house, policy.id, "premium_note", on=HALF)
    assert second.number == f"{policy.number}-B-2" == form.number
    assert first.id != second.id


@EVERY
def test_a_letter_says_who_pays_what(line: Product, house: House) -> None:
    if line.code == "pledge_guarantee":
        house.pool(shipped("zhongshan-2021"), "fund", yuan("70000000.00"))
    risk = a_risk(cover={"scheme": "zhongshan-2021"}, loan={"term_months": 24})
    row = house.quote(risk if line.code == "pledge_guarantee" else risk_of(line))
    _, form = of_quote(house, row.id, "quote_letter")
    assert isinstance(form, QuoteLetter)
    table = who_pays(product(row.product), Inputs.of(json.loads(row.receipt)["inputs"]))
    for party in table.parties[:-1]:
        rows = [one for one in form.who_pays if one.party == party]
        assert len(rows) == -(-len(table.exposure) // 12)
        assert abs(sum(one.expected.minor for one in rows) - table.expected(party)) <= len(rows)
        assert max(one.worst.minor for one in rows) == table.worst(party)
    nobody = [one for one in form.who_pays if "uncovered" in one.party]
    assert bool(nobody) == bool(table.worst("uncovered"))


def test_a_kind_that_is_none_is_refused_with_those_there_are(house: House) -> None:
    quote = house.quote()
    refused = house.refuse("invalid", issue_quote_paper, quote.id, "cover_note")
    assert refused.faults[0].cure == "use one of proposal, quote_letter"
    policy = house.policy()
    refused = house.refuse("invalid", issue_policy_paper, policy.id, "proposal")
    assert refused.faults[0].cure == "use one of cover_note, premium_note"


def test_a_paper_is_noted_with_the_hash_of_what_it_says(house: House) -> None:
    policy = house.policy()
    row, _ = of_policy(house, policy.id, "premium_note")
    trail = house.read(lambda s: books.events(s, books.Subject("policy", policy.id)))
    (event,) = [one for one in trail if one.kind == "paper_issued"]
    assert event.payload == {
        "kind": "premium_note", "number": row.number, "stated_sha256": row.stated_sha256,
    }  # fmt: skip
