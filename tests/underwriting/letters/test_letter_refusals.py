"""Each ground of refusal alone, all of them at once, and at the edge of each measure."""

import string
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from letter_breaches import (
    DAY,
    EVIDENCE,
    KNOWN,
    LETTER,
    MOST_SURCHARGE,
    SINGLE,
    SINGLES,
    TERMS,
    as_guarantor,
    cny,
    codes,
    demands,
    surcharge,
)
from letters_sample import (
    DEBTOR,
    DECLARING,
    GUARANTOR,
    PLEDGED,
    REGISTERING,
    a_letter,
    a_single_letter,
)

from kernel.finding import Effect
from kernel.money import Money
from underwriting.letters.refusals import refusals
from underwriting.letters.terms import LetterTerms


def test_the_sample_may_be_issued() -> None:
    assert codes(LETTER) == []
    assert codes(SINGLE, last_due=date(2027, 6, 29)) == []


@pytest.mark.parametrize(("code", "terms"), TERMS, ids=[code for code, _ in TERMS])
def test_terms_that_break_one_rule_have_that_ground_alone(code: str, terms: LetterTerms) -> None:
    assert codes(terms) == [code]


@pytest.mark.parametrize(("code", "terms"), SINGLES, ids=[code for code, _ in SINGLES])
def test_single_letters(code: str, terms: LetterTerms) -> None:
    assert codes(terms, last_due=date(2027, 1, 15)) == [code]


@pytest.mark.parametrize(("code", "known"), KNOWN, ids=[code for code, _ in KNOWN])
def test_evidence_that_breaks_one_rule(code: str, known: dict[str, Any]) -> None:
    assert codes(LETTER, **known) == [code]


@pytest.mark.parametrize(
    ("terms", "known"),
    [
        (a_letter(claim_until=EVIDENCE.last_due + DAY), {}),
        (a_letter(usable_until=date(2027, 11, 22)), {}),
        (a_letter(surcharge=surcharge(limit=Money(MOST_SURCHARGE, "CNY"))), {}),
        (a_letter(security=(replace(PLEDGED, expires=LETTER.claim_until),)), {}),
        (a_letter(beneficiaries=(replace(REGISTERING, role="both"),)), {}),
        (a_letter(issued_on=LETTER.usable_from + DAY, version=2), {}),
        (a_letter(security=()), {"pledged": False, "arrears_checked_on": None, "arrears": None}),
        (LETTER, {"arrears": cny(5_999_999)}),
        (LETTER, {"pledge_registered_on": LETTER.issued_on}),
        (a_letter(security=(replace(PLEDGED, registered_on=LETTER.issued_on),)), {}),
        (LETTER, {"last_due": LETTER.usable_until}),
        (a_letter(demands=demands(days=5)), {}),
        (a_letter(demands=demands(examination_days=1)), {}),
        (a_letter(surcharge=surcharge(limit=Money(1, "CNY"))), {}),
        (a_letter(usable_from=LETTER.usable_until), {}),
        (a_letter(issued_on=LETTER.usable_from), {}),
        (a_single_letter(usable_from=SINGLE.declarations[0].on), {"last_due": date(2027, 1, 15)}),
        (a_single_letter(usable_until=SINGLE.declarations[0].on), {"last_due": date(2027, 1, 15)}),
    ],
)
def test_what_stays_within_each_measure_passes(terms: LetterTerms, known: dict[str, Any]) -> None:
    assert codes(terms, **known) == []


@pytest.mark.parametrize("issuer", ["bank", "insurer", "finance_company"])
def test_financial_institutions_give_independent_guarantees(issuer: Any) -> None:
    assert codes(a_letter(nature="independent", rules="URDG"), issuer_kind=issuer) == []


@pytest.mark.parametrize("issuer", ["guarantee_company", "other"])
def test_nobody_else_does(issuer: Any) -> None:
    assert codes(a_letter(nature="independent"), issuer_kind=issuer) == ["issuer-not-financial"]
    assert codes(LETTER, issuer_kind=issuer) == []


def test_independence_without_documents_or_amount() -> None:
    bare = a_letter(nature="independent", demands=demands(papers=()))
    assert codes(bare) == ["not-independent", "no-demand-paper"]
    nothing = a_letter(nature="independent", amount=cny(0))
    assert codes(nothing) == ["not-independent", "amount-nothing"]


def test_surcharge_before_the_law_is_not_measured_by_it() -> None:
    old = {"issued_on": date(2024, 11, 30), "surcharge": surcharge(Fraction(1, 1000))}
    found = codes(a_letter(**old), pledge_registered_on=date(2024, 11, 1))
    assert "surcharge-rate" not in found
    old["issued_on"] = date(2024, 12, 1)
    assert "surcharge-rate" in codes(a_letter(**old), pledge_registered_on=date(2024, 11, 1))


def test_the_cure_of_an_early_end_names_the_first_day_that_passes() -> None:
    early = a_letter(claim_until=EVIDENCE.last_due)
    (found,) = refusals(early, EVIDENCE)
    first = EVIDENCE.last_due + DAY
    assert str(first) in found.cure
    assert codes(replace(early, claim_until=first)) == []


def test_amounts_in_dollars_belong_to_another_regime() -> None:
    found = codes(a_letter(amount=Money(1, "USD")))
    assert found == ["foreign-currency", "highest-tax-currency"]


def test_a_letter_to_american_customs_has_its_own_measures() -> None:
    american = a_letter(
        regime="US",
        amount=Money(50_000_00, "USD"),
        debtor=replace(DEBTOR, register_id="12-3456789", customs_code=None),
        guarantor=as_guarantor(register_id="036"),
        beneficiaries=(replace(DECLARING, code="2704"),),
    )
    bond = Money(50_000_00, "USD")
    assert codes(american, required=bond) == []
    assert codes(replace(american, kind="policy"), required=bond) == ["kind-not-taken"]
    assert codes(american, required=Money(50_000_01, "USD")) == ["below-required-amount"]
    assert codes(american) == ["required-amount-unknown"]
    assert codes(american, required=Money(1, "CNY")) == ["required-amount-unknown"]


def test_all_grounds_come_at_once_with_clause_and_cure() -> None:
    hopeless = a_letter(
        number="X" * 20,
        debtor=replace(DEBTOR, en="", register_id="1", lei="2", bic="3", customs_code=None),
        guarantor=replace(GUARANTOR, party=replace(GUARANTOR.party, zh=DEBTOR.zh)),
        beneficiaries=(),
        amount=cny(6_000_000),
        taxes=(),
        purposes=(),
        claim_until=LETTER.usable_until,
        rules="ISPR",
        demands=demands(papers=(), days=0),
        security=(replace(PLEDGED, registration=None, number="ZL2"),),
    )
    found = refusals(
        hopeless,
        replace(EVIDENCE, debtor_credit="discredited", arrears_checked_on=None),
    )
    seen = [one.code for one in found]
    assert len(seen) == 21, seen
    assert seen.count("party-number") == 4
    assert len(set(seen)) == 18
    for one in found:
        assert one.effect is Effect.DECLINE
        assert one.clause
        assert set(one.en) <= {*string.printable, "“", "”"} or one.code == "english-character"
        for words in (one.zh, one.cure):
            assert any("一" <= letter <= "鿿" for letter in words), one
        assert any(letter in string.ascii_letters for letter in one.cure)


@pytest.mark.parametrize(
    ("number", "code", "clause", "zh"),
    [
        ("CGLA26000000001X", "letter-number", "ISO 7064", "校验码"),
        ("CGLA26000000001XX", "number-too-long", "MT 760", "16"),
    ],
)
def test_a_wrong_number_and_a_long_one(number: str, code: str, clause: str, zh: str) -> None:
    (found,) = refusals(a_letter(number=number), EVIDENCE)
    assert found.code == code
    assert clause in found.clause
    assert zh in found.zh


def test_a_pledge_and_its_schedule_tell_the_same() -> None:
    (bare,) = refusals(a_letter(security=()), EVIDENCE)
    assert "schedule is empty" in bare.en
    (named,) = refusals(LETTER, replace(EVIDENCE, pledged=False))
    assert "schedule names rights" in named.en


def test_arrears_in_another_currency_are_said_to_be_so() -> None:
    (mixed,) = refusals(LETTER, replace(EVIDENCE, arrears=Money(1, "USD")))
    assert "different currencies" in mixed.en


def test_no_ground_hides_another() -> None:
    """Two breaches in different parts have both grounds."""
    both = a_letter(number="CGL2600000001F", taxes=())
    assert codes(both, debtor_credit="discredited") == [
        "letter-number", "debtor-discredited", "no-taxes",
    ]  # fmt: skip
