"""Amendments and notices as MT: what is written comes back, what does not fit is refused."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from letters_drawn import DAYS, LETTERS, Z, money, words
from letters_sample import DEBTOR, DECLARING, REGISTERING, a_letter, a_single_letter

from kernel.errors import Invalid
from kernel.money import Money
from underwriting.letters.terms import LetterTerms
from underwriting.standards.events import Answered, Demanded, Ground, Reduced, Refused
from underwriting.standards.lines import exported
from underwriting.standards.mt import (
    amendment_read,
    answer_read,
    check_mt,
    demand_read,
    mt760,
    mt765,
    mt767,
    mt769,
    mt786,
    mt787,
    read_mt,
    reduction_read,
    refusal_read,
)

ON = date(2027, 3, 1)
BEFORE = a_letter()
DEMAND = Demanded(
    reference="D202703-1",
    on=ON,
    amount=Money(120_000_05, "CNY"),
    complete=True,
    statement_en="The tax of declaration 224820261000012345 is due and unpaid",
)
REFUSAL = Refused(
    reference="R202703-1",
    demand="D202703-1",
    demanded_at=datetime(2027, 3, 1, tzinfo=UTC),
    amount=Money(120_000_05, "CNY"),
    grounds=(Ground(en="The demand names another letter"), Ground(en="No statement" * 10)),
    papers="hold",
)
REDUCTION = Reduced(
    reference="L202703-1", on=ON, less=Money(5_000_000_00, "CNY"), left=Money(0, "CNY")
)
CHANGES: list[dict[str, Any]] = [
    {"amount": Money(6_000_000_00, "CNY")},
    {"amount": Money(1, "CNY")},
    {"claim_until": date(2029, 1, 31), "usable_until": date(2028, 3, 31)},
    {"nature": "independent", "rules": "URDG"},
    {"beneficiaries": (DECLARING,)},
    {"beneficiaries": (DECLARING, REGISTERING)},
    {"debtor": replace(DEBTOR, lei=None, en="Another Name Ltd")},
    {"purposes": ()},
    {"declarations": a_single_letter().declarations, "mode": "single"},
    {"demands": replace(BEFORE.demands, papers=BEFORE.demands.papers[:1], partial=False)},
    {"place_en": " ".join(["x" * 60] * 400)},
]


@pytest.mark.parametrize("changes", CHANGES, ids="-".join)
def test_an_amendment_makes_the_next_version(changes: dict[str, Any]) -> None:
    after = replace(BEFORE, version=2, **changes)
    message = read_mt(mt767(BEFORE, after, on=ON))
    assert check_mt(message) == ()
    assert amendment_read(message, BEFORE) == exported(after, "mt")
    assert (message.text("26E"), message.text("30")) == ("1", "270301")


def test_an_amendment_says_by_how_much() -> None:
    after = replace(BEFORE, version=2, amount=Money(5_500_000_00, "CNY"))
    assert read_mt(mt767(BEFORE, after, on=ON)).text("32B") == "CNY500000,00"
    back = read_mt(mt767(after, replace(BEFORE, version=3), on=ON))
    assert (back.text("33B"), back.text("32B"), back.text("26E")) == ("CNY500000,00", None, "2")


def test_an_extension_states_the_new_day_and_nothing_else() -> None:
    after = replace(BEFORE, version=2, claim_until=date(2029, 1, 31))
    message = read_mt(mt767(BEFORE, after, on=ON))
    assert (message.text("23B"), message.text("31E")) == ("FIXD", "290131")
    assert message.text("77U") is None


def test_a_long_amendment_goes_on_in_mt775() -> None:
    after = replace(BEFORE, version=2, **CHANGES[-1])
    message = read_mt(mt767(BEFORE, after, on=ON))
    assert [one.kind for one in message.more] == ["775", "775"]
    assert {one.text("21") for one in message.more} == {"NONREF"}


@settings(max_examples=40)
@given(LETTERS, LETTERS)
def test_any_letter_may_become_any_other(before: LetterTerms, other: LetterTerms) -> None:
    after = replace(
        other,
        number=before.number,
        version=before.version + 1,
        amount=Money(other.amount.minor, before.amount.currency),
        demonstration=not before.demonstration,
    )
    message = read_mt(mt767(before, after, on=ON))
    assert amendment_read(message, before) == exported(after, "mt")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"version": 2}, "version"),
        ({"version": 1, "place_en": "Mianyang"}, "version"),
        ({"version": 2, "number": "CGL26000000030"}, "number"),
        ({"version": 2, "amount": Money(1, "USD")}, "amount"),
        ({"version": 2, "place_zh": "绵阳"}, "version"),
        ({"version": 2, "place_en": "绵阳"}, "MT767.B.77U"),
        ({"version": 1001, "place_en": "Mianyang"}, "MT767.B.26E"),
    ],
)
def test_what_is_no_amendment_is_refused(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        mt767(BEFORE, replace(BEFORE, **changes), on=ON)
    assert refused.value.faults[0].field == field


def test_an_amendment_is_read_against_its_own_letter() -> None:
    after = replace(BEFORE, version=2, beneficiaries=(DECLARING,), nature="independent")
    text = mt767(BEFORE, after, on=ON)
    with pytest.raises(Invalid, match="of another letter"):
        amendment_read(read_mt(text), a_single_letter())
    for old, new in (
        ("/PROMISE/We irrev", "/PROMISE/We rev"),
        (":59:1/", ":59:2/"),
        ("/BENEFNO/2248\r\n", ""),
        ("{2:I767", "{2:I760"),
        ("/NATURE/", "/UNKNOWN/"),
    ):
        assert old in text
        with pytest.raises(Invalid):
            amendment_read(read_mt(text.replace(old, new)), BEFORE)
    raised = mt767(BEFORE, replace(BEFORE, version=2, amount=Money(1, "CNY")), on=ON)
    with pytest.raises(Invalid, match="is not in CNY"):
        amendment_read(read_mt(raised.replace(":33B:CNY", ":33B:USD")), BEFORE)


@pytest.mark.parametrize("later", [None, date(2028, 11, 30)])
def test_a_demand_comes_back(later: date | None) -> None:
    demanded = replace(DEMAND, extend_to=later, complete=later is None)
    message = read_mt(mt765(BEFORE, demanded))
    assert demand_read(message) == demanded
    assert message.text("22G") == ("PAYM" if later is None else "PAEX")
    assert message.text("21") == BEFORE.number
    assert message.receiver == "ZHBACNBCAXXX"


@settings(max_examples=40)
@given(money(), DAYS, words(Z, 800))
def test_any_demand_comes_back(amount: Money, on: date, statement: str) -> None:
    demanded = replace(DEMAND, amount=amount, on=on, statement_en=statement)
    assert demand_read(read_mt(mt765(BEFORE, demanded))) == demanded


def test_a_refusal_states_every_ground() -> None:
    message = read_mt(mt786(BEFORE, REFUSAL))
    assert refusal_read(message) == REFUSAL
    assert refusal_read(read_mt(mt786(BEFORE, replace(REFUSAL, papers="return")))).papers == (
        "return"
    )
    assert max(len(line) for line in (message.text("77J") or "").split("\n")) <= 50
    assert message.sender == "ZHBACNBCAXXX"


def test_a_reduction_and_a_release_come_back() -> None:
    half = replace(REDUCTION, less=Money(1, "CNY"), left=Money(4_999_999_99, "CNY"))
    for reduced in (REDUCTION, half):
        assert reduction_read(read_mt(mt769(BEFORE, reduced))) == reduced
    assert read_mt(mt769(BEFORE, REDUCTION)).text("34B") == "CNY0,00"


@pytest.mark.parametrize(
    "answered",
    [
        Answered(amendment=1, accepted=True),
        Answered(amendment=12, accepted=False),
        Answered(amendment=999, accepted=False, reason_en="- the period is too short " + "x" * 80),
    ],
)
def test_an_answer_comes_back(answered: Answered) -> None:
    assert answer_read(read_mt(mt787(BEFORE, answered))) == answered


@pytest.mark.parametrize(
    ("write", "field"),
    [
        (lambda: mt765(BEFORE, replace(DEMAND, reference="D" * 17)), "MT765.20"),
        (lambda: mt765(BEFORE, replace(DEMAND, statement_en="未缴")), "MT765.49A"),
        (lambda: mt765(BEFORE, replace(DEMAND, statement_en="x" * 4000)), "MT765.49A"),
        (lambda: mt765(BEFORE, replace(DEMAND, on=date(2080, 1, 1))), "on"),
        (lambda: mt786(BEFORE, replace(REFUSAL, grounds=())), "grounds"),
        (lambda: mt786(BEFORE, replace(REFUSAL, grounds=(Ground(en="x" * 4000),))), "MT786.77J"),
        (lambda: mt769(BEFORE, replace(REDUCTION, left=Money(0, "USD"))), "34B"),
        (lambda: mt787(BEFORE, Answered(amendment=1, accepted=True, reason_en="no")), "23R"),
        (lambda: mt787(BEFORE, Answered(amendment=1000, accepted=True)), "MT787.26E"),
        (
            lambda: mt787(BEFORE, Answered(amendment=1, accepted=False, reason_en="x" * 400)),
            "MT787.23R",
        ),
    ],
)
def test_what_a_notice_cannot_carry_is_refused(write: Any, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        write()
    assert field in [one.field for one in refused.value.faults]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (mt765(BEFORE, DEMAND).replace(":31L:270301\r\n", ""), demand_read),
        (mt765(BEFORE, DEMAND).replace("/STATEMNT/", "/OTHER/"), demand_read),
        (mt765(BEFORE, DEMAND).replace("/STATEMNT/", ""), demand_read),
        (mt786(BEFORE, REFUSAL).replace("/HOLD/", "/BURNT/"), refusal_read),
        (mt786(BEFORE, REFUSAL).replace(":21:D202703-1\r\n", ""), refusal_read),
        (mt769(BEFORE, REDUCTION).replace(":34B:CNY0,00\r\n", ""), reduction_read),
        (mt769(BEFORE, REDUCTION).replace(":30:270301", ":30:270230"), reduction_read),
        (mt760(BEFORE), demand_read),
        (mt760(BEFORE), refusal_read),
        (mt760(BEFORE), reduction_read),
        (mt760(BEFORE), answer_read),
    ],
)
def test_a_bent_notice_is_not_read(text: str, read: Any) -> None:
    with pytest.raises(Invalid):
        read(read_mt(text))
