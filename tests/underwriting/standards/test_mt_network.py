"""Network rules C1 to C9 of MT760 and those of its neighbours: each holds, and each is broken."""

import pytest
from letters_sample import a_letter

from underwriting.standards.events import Answered
from underwriting.standards.mt import Field, Message, check_mt, mt760, mt787, read_mt
from underwriting.standards.mt.grammar import layouts

ISSUE = read_mt(mt760(a_letter()))
ISSUER = Field("B", "52A", "ZHBACNBC")


def placed(message: Message, *added: Field, without: tuple[str, ...] = ()) -> Message:
    """The message with these fields put where they belong, and those of these tags gone."""
    gone = {(one.sequence, one.tag) for one in added} | {
        (sequence, tag) for sequence, _, tag in (one.partition(".") for one in without)
    }
    kept = [one for one in message.fields if (one.sequence, one.tag) not in gone]
    layout = layouts()[message.kind]
    ordered = sorted([*kept, *added], key=lambda one: layout.place(one.sequence, one.tag))
    return Message(kind=message.kind, fields=tuple(ordered))


def b(tag: str, text: str) -> Field:
    return Field("B", tag, text)


def broken(message: Message) -> list[tuple[str, str]]:
    """The rules that a message breaks, each with the field."""
    found = []
    for one in check_mt(message):
        assert one.problem.endswith(")"), one
        found.append((one.problem.rpartition("(")[2].rstrip(")"), one.field))
    return found


COUNTER = placed(
    ISSUE,
    Field("A", "22A", "ISCO"),
    Field("C", "15C", ""),
    Field("C", "22D", "DGAR"),
    Field("C", "40C", "NONE"),
    Field("C", "23B", "FIXD"),
    Field("C", "31E", "280430"),
    Field("C", "50", "1/Applicant"),
    Field("C", "59", "1/Beneficiary"),
    Field("C", "32B", "CNY1,00"),
    Field("C", "45L", "/PURPOSE/PAYMENT TERM"),
)
STANDBY = placed(ISSUE, b("22D", "STBY"), b("49", "WITHOUT"))
EXTENDED = placed(
    ISSUE, b("23F", "DAYS/90"), b("78", "/NOTE/by mail"), b("26E", "30"), b("31S", "291231")
)
BANK = "ABNANL2A"


@pytest.mark.parametrize(
    "message",
    [
        ISSUE,
        COUNTER,
        STANDBY,
        EXTENDED,
        placed(ISSUE, b("23B", "OPEN"), without=("B.31E",)),
        placed(ISSUE, b("23B", "COND"), b("35G", "When paid"), without=("B.31E",)),
        placed(ISSUE, b("23B", "COND"), b("35G", "When paid")),
        placed(ISSUE, b("56A", BANK), b("57A", BANK)),
        placed(ISSUE, b("56A", BANK)),
        placed(STANDBY, b("49", "CONFIRM"), b("58A", BANK)),
        placed(STANDBY, b("49", "MAY ADD"), b("58A", BANK)),
        placed(ISSUE, b("48D", "TRAN"), b("24E", "COUR"), b("24G", "BENE")),
    ],
)
def test_a_right_message_breaks_no_rule(message: Message) -> None:
    assert check_mt(message) == ()


@pytest.mark.parametrize(
    ("message", "rules"),
    [
        (placed(ISSUE, without=("B.31E",)), [("C1", "B.31E")]),
        (placed(ISSUE, b("23B", "OPEN")), [("C1", "B.31E")]),
        (placed(COUNTER, without=("C.31E",)), [("C1", "C.31E")]),
        (placed(COUNTER, Field("C", "23B", "OPEN")), [("C1", "C.31E")]),
        (placed(ISSUE, b("23B", "COND")), [("C2", "B.35G")]),
        (placed(ISSUE, b("35G", "When paid")), [("C2", "B.35G")]),
        (placed(COUNTER, Field("C", "35G", "When paid")), [("C2", "C.35G")]),
        (placed(COUNTER, Field("C", "23B", "COND")), [("C2", "C.35G")]),
        (
            placed(ISSUE, b("23B", "OPEN"), b("23F", "ONEY"), without=("B.31E",)),
            [("C3", "B.23F")],
        ),
        (
            placed(
                COUNTER, Field("C", "23B", "OPEN"), Field("C", "23F", "ONEY"), without=("C.31E",)
            ),
            [("C3", "C.23F")],
        ),
        (placed(ISSUE, without=("B.50",)), [("C4", "B.50")]),
        (placed(ISSUE, b("22D", "STBY")), [("C5", "B.49")]),
        (placed(ISSUE, b("49", "WITHOUT")), [("C5", "B.49")]),
        (placed(COUNTER, b("48D", "TRAN")), [("C6", "B.48D")]),
        (placed(COUNTER, b("24E", "COUR"), b("24G", "BENE")), [("C6", "B.24E"), ("C6", "B.24G")]),
        (placed(ISSUE, Field("A", "22A", "ISCO")), [("C6", "C")]),
        (placed(ISSUE, Field("A", "22A", "ICCO")), [("C6", "C")]),
        (placed(COUNTER, Field("A", "22A", "ISSU")), [("C6", "C")]),
        (placed(ISSUE, b("57A", BANK)), [("C7", "B.56a")]),
        (placed(ISSUE, b("57D", "1/Bank")), [("C7", "B.56a")]),
        (placed(ISSUE, b("78", "/NOTE/x")), [("C8", "B.78")]),
        (placed(ISSUE, b("26E", "30"), b("31S", "291231")), [("C8", "B.26E"), ("C8", "B.31S")]),
        (placed(COUNTER, Field("C", "31S", "291231")), [("C8", "C.31S")]),
        (placed(STANDBY, b("49", "CONFIRM")), [("C9", "B.58a")]),
        (placed(STANDBY, b("49", "MAY ADD")), [("C9", "B.58a")]),
        (placed(STANDBY, b("58A", BANK)), [("C9", "B.58a")]),
        (placed(ISSUE, b("58D", "1/Bank")), [("C9", "B.58a")]),
    ],
)
def test_a_broken_rule_is_named_and_no_other(
    message: Message, rules: list[tuple[str, str]]
) -> None:
    assert broken(message) == rules


def test_a_counter_undertaking_needs_no_applicant() -> None:
    assert check_mt(placed(COUNTER, without=("B.50",))) == ()


AMENDED = Message(
    kind="767",
    fields=(
        Field("A", "15A", ""),
        Field("A", "27", "1/1"),
        Field("A", "21", "NONREF"),
        Field("A", "22A", "ISUA"),
        Field("B", "15B", ""),
        Field("B", "20", "CGL2600000001E"),
        Field("B", "26E", "1"),
        Field("B", "30", "270301"),
        ISSUER,
        Field("B", "32B", "CNY1,00"),
    ),
)


@pytest.mark.parametrize(
    ("message", "rules"),
    [
        (AMENDED, []),
        (placed(AMENDED, b("33B", "CNY1,00")), [("C1", "B.33B")]),
        (placed(AMENDED, b("23B", "COND")), [("C2", "B.35G")]),
        (placed(AMENDED, b("35G", "When paid")), [("C2", "B.35G")]),
        (placed(AMENDED, Field("A", "22A", "ISCA")), [("C3", "C")]),
        (placed(AMENDED, Field("C", "15C", ""), Field("C", "33B", "CNY1,00")), [("C3", "C")]),
    ],
)
def test_the_rules_of_an_amendment(message: Message, rules: list[tuple[str, str]]) -> None:
    assert broken(message) == rules


def flat(kind: str, **texts: str) -> Message:
    layout = layouts()[kind]
    found = [Field("", tag.lstrip("f"), text) for tag, text in texts.items()]
    return Message(
        kind=kind, fields=tuple(sorted(found, key=lambda one: layout.place("", one.tag)))
    )


REDUCED = {"f20": "R1", "f21": "CGL1", "f30": "270301"}
DEMANDED = {"f20": "D1", "f21": "CGL1", "f52A": "ZHBACNBC", "f32B": "CNY1,00"}


@pytest.mark.parametrize(
    ("message", "rules"),
    [
        (flat("769", **REDUCED, f33B="CNY1,00", f34B="CNY2,00"), []),
        (flat("769", **REDUCED, f39C="All of it"), []),
        (flat("769", **REDUCED), [("C2", "33B")]),
        (flat("769", **REDUCED, f33B="CNY1,00", f39C="All"), [("C2", "33B")]),
        (flat("769", **REDUCED, f33B="CNY1,00", f34B="USD2,00"), [("C3", "34B")]),
        (flat("765", **DEMANDED, f22G="PAYM"), []),
        (flat("765", **DEMANDED, f22G="PAEX", f31E="280101"), []),
        (flat("765", **DEMANDED, f22G="PAEX"), [("22G", "31E")]),
    ],
)
def test_the_rules_of_notices(message: Message, rules: list[tuple[str, str]]) -> None:
    assert broken(message) == rules


def test_an_acceptance_gives_no_reasons() -> None:
    text = mt787(a_letter(), Answered(amendment=1, accepted=False, reason_en="Too short"))
    assert check_mt(read_mt(text)) == ()
    assert broken(read_mt(text.replace("REJT", "ACCP"))) == [("23R", "23R")]
