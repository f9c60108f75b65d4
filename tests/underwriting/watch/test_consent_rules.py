"""The rules of consent, one at a time: the terms asked for, and how the loan stands."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from builders import a_risk, cny, some_inputs

from kernel.finding import Effect
from underwriting.products import product
from underwriting.receipt import price
from underwriting.rules.contract import Contract
from underwriting.watch.account import Account
from underwriting.watch.consent_kind import ConsentKind
from underwriting.watch.consent_law import consent_law
from underwriting.watch.consent_standing import AskedWhen, standing_findings
from underwriting.watch.consent_terms import AskedTerms, terms_findings
from underwriting.watch.level import Level
from underwriting.watch.loan_event import LoanClass
from underwriting.watch.standing import Standing

ON = date(2025, 9, 10)
SOUND = Standing(
    account=Account(disbursed=100), planned=0, arrears=0, due_since=None, days_overdue=0
)  # fmt: skip
WHEN = AskedWhen(
    kind=ConsentKind.EXTENSION, on=ON, effective_on=ON, loan=SOUND, breaches=0, open_claims=(),
    level=Level.GREEN, extensions=0,
)  # fmt: skip


def contract_of(risk: Any) -> Contract:
    return price(product(risk.product), some_inputs(risk)).contract


OLD = a_risk()
BEFORE = contract_of(OLD)


def terms(kind: str, *, owed: int | None = None, **parts: Any) -> dict[str, Effect]:
    """Code -> effect of what is said of terms that are laid over the old ones."""
    risk = a_risk(**parts)
    asked = AskedTerms(
        kind=ConsentKind(kind),
        before=BEFORE,
        after=contract_of(risk),
        risk=risk.model_dump(mode="json"),
        old_risk=OLD.model_dump(mode="json"),
        first_term=12,
        owed=owed,
    )
    found = list(terms_findings(asked))
    assert all(one.en and one.zh and one.clause and one.cure for one in found)
    return {one.code: one.effect for one in found}


def when(**changes: Any) -> dict[str, Effect]:
    found = list(standing_findings(replace(WHEN, **changes)))
    assert all(one.en and one.zh and one.clause and one.cure for one in found)
    return {one.code: one.effect for one in found}


def test_a_sound_loan_is_extended_without_a_word() -> None:
    assert when() == {}
    assert terms("extension", loan={"term_months": 15}) == {}


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        ("extension", {"loan": {"term_months": 24}}),
        ("reschedule", {"loan": {"plan": "equal_principal"}}),
        ("reschedule", {"loan": {"plan": "annuity", "grace_months": 2}}),
        ("reschedule", {"loan": {"annual_rate": "0.04"}}),
        ("redraw", {"loan": {"amount": cny("3300000.00")}}),
        ("change_of_use", {"loan": {"purpose": "设备采购 equipment"}}),
        ("substitution", {"right": {"number": "ZL202010000002.8"}}),
    ],
)
def test_terms_that_are_what_they_are_asked_as(kind: str, parts: dict[str, Any]) -> None:
    assert terms(kind, **parts) == {}


@pytest.mark.parametrize(
    ("kind", "parts", "code", "effect"),
    [
        ("extension", {}, "changes-nothing", Effect.DECLINE),
        ("extension", {"loan": {"term_months": 25}}, "extension-long", Effect.DECLINE),
        ("extension", {"loan": {"term_months": 15, "annual_rate": "0.05"}}, "changes-more",
         Effect.REFER),
        ("extension", {"loan": {"term_months": 15}, "right": {"number": "ZL202010000002.8"}},
         "changes-more", Effect.REFER),
        ("extension", {"loan": {"term_months": 15, "contract": "9"}}, "old-for-new-not-stated",
         Effect.DECLINE),
        ("reschedule", {"loan": {"term_months": 15}}, "changes-more", Effect.REFER),
        ("change_of_use", {"loan": {"amount": cny("2900000.00")}}, "changes-more", Effect.REFER),
        ("redraw", {"loan": {"refinancing": True}}, "old-for-new-not-stated", Effect.DECLINE),
        ("old_for_new", {"loan": {"term_months": 15}}, "no-new-loan", Effect.DECLINE),
        ("old_for_new", {"loan": {"contract": "9"}}, "old-for-new", Effect.REFER),
    ],
)  # fmt: skip
def test_terms_that_are_not(kind: str, parts: dict[str, Any], code: str, effect: Effect) -> None:
    assert terms(kind, **parts).get(code) is effect


@pytest.mark.parametrize(
    ("owed", "seen"), [(300_000_000, False), (299_999_999, True), (None, False)]
)
def test_a_new_loan_is_no_more_than_is_owed(owed: int | None, seen: bool) -> None:  # noqa: FBT001 - a table
    found = terms("old_for_new", owed=owed, loan={"contract": "9"})
    assert ("more-than-owed" in found) is seen


def test_every_other_change_is_named() -> None:
    risk = a_risk(loan={"term_months": 15, "annual_rate": "0.05"}, cover={"settles": "lead"})
    asked = AskedTerms(
        kind=ConsentKind.EXTENSION, before=BEFORE, after=contract_of(risk),
        risk=risk.model_dump(mode="json"), old_risk=OLD.model_dump(mode="json"), first_term=12,
        owed=None,
    )  # fmt: skip
    (found,) = (one for one in terms_findings(asked) if one.code == "changes-more")
    assert "loan.annual_rate" in found.en
    assert "settles" in found.en


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"effective_on": ON - timedelta(days=1)}, {"after-the-fact": Effect.REFER}),
        ({"loan": None}, {"no-loan-record": Effect.REFER}),
        ({"loan": replace(SOUND, days_overdue=1)}, {"loan-overdue": Effect.REFER}),
        ({"loan": replace(SOUND, days_overdue=90)}, {"loan-overdue": Effect.REFER}),
        ({"loan": replace(SOUND, days_overdue=91)}, {"loan-overdue": Effect.DECLINE}),
        ({"loan": replace(SOUND, account=Account(disbursed=1, loan_class=LoanClass.SUBSTANDARD))},
         {"loan-non-performing": Effect.DECLINE}),
        ({"loan": replace(SOUND,
                          account=Account(disbursed=1, loan_class=LoanClass.SPECIAL_MENTION))}, {}),
        ({"breaches": 1}, {"changed-before": Effect.REFER}),
        ({"open_claims": ("CL-1",)}, {"claim-open": Effect.DECLINE}),
        ({"level": Level.CRITICAL}, {"watch-critical": Effect.REFER}),
        ({"level": Level.ALERT}, {}),
        ({"extensions": 1}, {"extended-before": Effect.REFER}),
        ({"kind": ConsentKind.RESCHEDULE, "extensions": 5}, {}),
        ({"kind": ConsentKind.OLD_FOR_NEW}, {"person-decides": Effect.REFER}),
        ({"kind": ConsentKind.RELEASE}, {"person-decides": Effect.REFER}),
    ],
)  # fmt: skip
def test_how_a_loan_stands(changes: dict[str, Any], expected: dict[str, Effect]) -> None:
    assert when(**changes) == expected


def test_all_of_it_is_said_at_once() -> None:
    found = when(loan=None, breaches=2, open_claims=("CL-1", "CL-2"), level=Level.CRITICAL)
    assert set(found) == {"no-loan-record", "changed-before", "claim-open", "watch-critical"}


def test_the_file_of_rules_names_each_figure() -> None:
    law = consent_law()
    assert law.version
    assert law.alone == "clerk"
    assert law.valid_days == 30
    assert law.inherent == ("drawn-already",)
    assert [kind for kind in ConsentKind if law.kinds[kind]["alone"]] == [
        ConsentKind.EXTENSION, ConsentKind.RESCHEDULE, ConsentKind.SUBSTITUTION,
    ]  # fmt: skip
    with pytest.raises(TypeError):
        law.kinds[ConsentKind.EXTENSION]["alone"]["x"]
