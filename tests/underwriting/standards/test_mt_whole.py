"""A message that says more than our own is not read in part: it is refused."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from letters_sample import DECLARING, a_letter

from kernel.errors import Invalid
from kernel.money import Money
from underwriting.standards.events import Answered, Demanded, Ground, Reduced, Refused
from underwriting.standards.lines import exported
from underwriting.standards.mt import (
    Field,
    Message,
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
    terms_read,
)
from underwriting.standards.mt.grammar import layouts

LETTER = a_letter()
ON = date(2027, 3, 1)
MONEY = Money(120_000_05, "CNY")
ISSUE = read_mt(mt760(LETTER, content_hash="ab" * 32))
AMENDED = read_mt(mt767(LETTER, replace(LETTER, version=2, beneficiaries=(DECLARING,)), on=ON))
DEMAND = read_mt(
    mt765(
        LETTER,
        Demanded(reference="D1", on=ON, amount=MONEY, complete=True, statement_en="Not paid"),
    )
)
REFUSAL = read_mt(
    mt786(
        LETTER,
        Refused(
            reference="R1",
            demand="D1",
            demanded_at=datetime(2027, 3, 1, tzinfo=UTC),
            amount=MONEY,
            grounds=(Ground(en="Late"),),
            papers="hold",
        ),
    )
)
REDUCTION = read_mt(mt769(LETTER, Reduced(reference="L1", on=ON, less=MONEY, left=Money(0, "CNY"))))
ANSWER = read_mt(mt787(LETTER, Answered(amendment=1, accepted=True)))


def put(message: Message, *added: Field, without: str = "") -> Message:
    layout = layouts()[message.kind]
    tags = {(one.sequence, one.tag) for one in added}
    kept = [
        one
        for one in message.fields
        if (one.sequence, one.tag) not in tags and one.tag != (without or None)
    ]
    ordered = sorted([*kept, *added], key=lambda one: layout.place(one.sequence, one.tag))
    return replace(message, fields=tuple(ordered))


def a(tag: str, text: str) -> Field:
    return Field("A", tag, text)


def b(tag: str, text: str) -> Field:
    return Field("B", tag, text)


def n(tag: str, text: str) -> Field:
    return Field("", tag, text)


def amended(message: Message) -> dict[str, Any]:
    return amendment_read(message, LETTER)


def test_what_is_ours_is_read() -> None:
    for message, read in (
        (ISSUE, terms_read),
        (AMENDED, amended),
        (DEMAND, demand_read),
        (REFUSAL, refusal_read),
        (REDUCTION, reduction_read),
        (ANSWER, answer_read),
    ):
        assert read(message)


def test_decimals_left_out_are_no_difference() -> None:
    short = put(ISSUE, b("32B", "CNY5000000,"))
    assert terms_read(short) == exported(LETTER, "mt")


@pytest.mark.parametrize(
    ("message", "read"),
    [
        (put(ISSUE, a("72Z", "/PHONBEN/")), terms_read),
        (put(ISSUE, b("23F", "ONEY")), terms_read),
        (put(ISSUE, b("39E", "Falls by half in June")), terms_read),
        (put(ISSUE, b("56A", "ABNANL2A")), terms_read),
        (put(ISSUE, b("51", "1/Somebody else")), terms_read),
        (put(ISSUE, b("41F", "ABNANL2A")), terms_read),
        (put(ISSUE, b("24E", "COUR")), terms_read),
        (put(ISSUE, b("44J", "US\n/Laws of the People's Republic of China")), terms_read),
        (put(ISSUE, b("44J", "CN/Sichuan\n/Laws of the People's Republic of China")), terms_read),
        (put(ISSUE, b("44J", "CN")), terms_read),
        (put(ISSUE, b("59", "/12345\n1/Chengdu Shuangliu Airport Customs")), terms_read),
        (put(ISSUE, b("59", "1/Chengdu Shuangliu Airport Customs\n2/Chengdu")), terms_read),
        (put(ISSUE, b("23B", "OPEN"), without="31E"), terms_read),
        (put(ISSUE, b("23B", "COND"), b("35G", "When paid")), terms_read),
        (put(ISSUE, b("40C", "NONE/but ours")), terms_read),
        (put(ISSUE, b("40C", "UCPR")), terms_read),
        (put(ISSUE, b("22D", "STBY"), b("49", "WITHOUT")), terms_read),
        (put(ISSUE, b("52A", "/12345\nZHBACNBC")), terms_read),
        (put(ISSUE, a("23X", "FAXT/letter")), terms_read),
        (put(AMENDED, a("23S", "CANCEL")), amended),
        (put(AMENDED, a("22A", "ADVA")), amended),
        (put(AMENDED, a("21", "OTHER")), amended),
        (put(AMENDED, a("72Z", "/TELEBEN/")), amended),
        (put(AMENDED, b("23B", "OPEN")), amended),
        (put(AMENDED, b("23B", "COND"), b("35G", "When paid")), amended),
        (put(AMENDED, b("24E", "COUR")), amended),
        (put(AMENDED, b("32B", "CNY0,00")), amended),
        (put(AMENDED, b("26E", "001")), amended),
        (put(AMENDED, b("52A", "ABNANL2A")), amended),
        (put(DEMAND, n("78", "Less the deposit")), demand_read),
        (put(DEMAND, n("59", "1/Somebody")), demand_read),
        (put(DEMAND, n("57A", "ABNANL2A")), demand_read),
        (put(DEMAND, n("31E", "280101")), demand_read),
        (put(REFUSAL, n("72Z", "/PHONBEN/")), refusal_read),
        (put(REFUSAL, n("77J", "/OTHER/Late")), refusal_read),
        (put(REDUCTION, n("71D", "/CHARGES/DEBTOR")), reduction_read),
        (put(REDUCTION, n("32B", "CNY1,00")), reduction_read),
        (put(ANSWER, n("72Z", "/PHONBEN/")), answer_read),
        (put(ANSWER, n("21", "OTHER")), answer_read),
        (put(ANSWER, n("23R", "REJT\n/REASON/Late\n/REASON/Short")), answer_read),
        (put(ANSWER, n("23R", "REJT\nLate")), answer_read),
    ],
)
def test_one_field_more_or_other_is_refused(message: Message, read: Any) -> None:
    assert check_mt(message) == () or message.text("31E") == "280101"
    with pytest.raises(Invalid):
        read(message)


@pytest.mark.parametrize("text", ["", " Late", "Late ", "too  late", "a\tb", "a\nb"])
def test_words_that_would_not_come_back_are_refused(text: str) -> None:
    with pytest.raises(Invalid, match="STATEMNT"):
        mt765(
            LETTER,
            Demanded(reference="D1", on=ON, amount=MONEY, complete=True, statement_en=text),
        )
