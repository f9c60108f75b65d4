"""What changed between two versions, and what customs must agree to before it does."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, get_args, get_type_hints

import pytest
from letters_sample import (
    DEBTOR,
    DECLARING,
    DEMAND_PAPERS,
    GUARANTOR,
    PLEDGED,
    REGISTERING,
    a_letter,
    a_single_letter,
)

from kernel.money import Money
from underwriting.letters.amendments import FIXED, amendment_faults, changes, is_extension
from underwriting.letters.labels import label, labels
from underwriting.letters.terms import DemandPaper, LetterTerms, Surcharge

BEFORE = a_letter()
DAY = timedelta(days=1)


def second(**changed: Any) -> LetterTerms:
    return a_letter(**{"version": 2, **changed})


def faults(after: LetterTerms, taken: int = 0, *, consent: bool = False) -> list[str]:
    return [one.field for one in amendment_faults(BEFORE, after, taken=taken, consent=consent)]


def test_changes_in_the_order_of_the_letter_with_both_values() -> None:
    after = second(
        claim_until=BEFORE.claim_until + DAY,
        amount=Money(1, "CNY"),
        debtor=replace(DEBTOR, address_en="Elsewhere"),
        beneficiaries=(REGISTERING, replace(DECLARING, code="2202"), DECLARING),
        taxes=("duty",),
    )
    found = changes(BEFORE, after)
    assert [one.field for one in found] == [
        "beneficiaries[1].code", "beneficiaries[2]", "debtor.address_en", "taxes", "amount",
        "claim_until",
    ]  # fmt: skip
    by_field = {one.field: one for one in found}
    assert by_field["amount"].before == {"minor": 500_000_000, "currency": "CNY"}
    assert by_field["beneficiaries[1].code"].en == "Code of the beneficiary (2)"
    assert by_field["beneficiaries[2]"].before is None
    assert by_field["claim_until"].after == "2028-06-01"
    assert by_field["taxes"].zh == "税费种类"


def test_version_and_date_are_each_version_s_own() -> None:
    assert changes(BEFORE, second(issued_on=BEFORE.issued_on + DAY)) == ()


def leaves(kind: Any, path: str = "") -> Iterator[str]:
    """Yield every path that a difference may have, lists without place."""
    for name, hint in get_type_hints(kind).items():
        field = f"{path}.{name}" if path else name
        kinds = [one for one in (get_args(hint) or (hint,)) if one not in (type(None), Ellipsis)]
        inner = kinds[0] if len(kinds) == 1 else None
        if inner and is_dataclass(inner) and inner is not Money:
            if get_args(hint):
                yield field
            yield from leaves(inner, field)
        else:
            yield field


def test_every_field_has_a_label_in_both_languages() -> None:
    for field in leaves(LetterTerms):
        words = label(field)
        assert words.en.isascii()
        assert any("一" <= letter <= "鿿" for letter in words.zh)


def test_no_label_is_without_a_field_and_none_stands_twice() -> None:
    whole = {one.name for one in fields(LetterTerms)}
    assert set(labels()) <= {*leaves(LetterTerms), *whole}
    english = [words.en for words in labels().values()]
    assert len(english) == len(set(english))


@pytest.mark.parametrize(
    ("after", "extends"),
    [
        (second(claim_until=BEFORE.claim_until + DAY), True),
        (second(usable_until=BEFORE.usable_until + DAY), True),
        (
            second(
                usable_until=BEFORE.usable_until + DAY,
                claim_until=BEFORE.claim_until + DAY,
                issued_on=date(2027, 1, 4),
            ),
            True,
        ),
        (second(), False),
        (second(claim_until=BEFORE.claim_until - DAY), False),
        (second(claim_until=BEFORE.claim_until + DAY, amount=Money(1, "CNY")), False),
    ],
)
def test_an_extension_makes_the_two_dates_later_and_nothing_else(
    after: LetterTerms,
    extends: bool,  # noqa: FBT001 - of a table
) -> None:
    assert is_extension(BEFORE, after) is extends


def test_an_extension_needs_no_consent() -> None:
    assert faults(second(claim_until=BEFORE.claim_until + DAY)) == []


def test_versions_follow_each_other_and_change_something() -> None:
    assert faults(second()) == ["letter"]
    assert faults(a_letter(version=3, claim_until=BEFORE.claim_until + DAY)) == []
    assert faults(a_letter(version=1, claim_until=BEFORE.claim_until + DAY)) == ["version"]


OTHERS = {
    "number": "CGL2600000002C",
    "regime": "EU",
    "kind": "policy",
    "nature": "independent",
    "mode": "single",
    "debtor": replace(DEBTOR, register_id=GUARANTOR.party.register_id),
    "guarantor": replace(GUARANTOR, party=DEBTOR),
    "usable_from": BEFORE.usable_from + DAY,
    "effective_on": "issue",
}


@pytest.mark.parametrize("field", FIXED)
def test_what_is_never_amended_not_even_with_consent(field: str) -> None:
    name = field.partition(".")[0]
    assert faults(second(**{name: OTHERS[name]}), consent=True) == [field]


def test_a_firm_may_change_its_name_and_seat() -> None:
    renamed = replace(DEBTOR, zh="四川新名精密仪器有限公司", en="Sichuan Xinming Co., Ltd.")
    assert faults(second(debtor=renamed)) == []


WORSE: list[tuple[str, LetterTerms]] = [
    ("claim_until", second(claim_until=BEFORE.claim_until - DAY)),
    ("usable_until", second(usable_until=BEFORE.usable_until - DAY)),
    ("amount", second(amount=Money(BEFORE.amount.minor - 1, "CNY"))),
    ("beneficiaries", second(beneficiaries=(REGISTERING,))),
    ("beneficiaries", second(beneficiaries=(replace(REGISTERING, role="declaring"), DECLARING))),
    ("taxes", second(taxes=BEFORE.taxes[1:])),
    ("purposes", second(purposes=BEFORE.purposes[1:])),
    ("restored", second(restored=False)),
    (
        "surcharge.rate_per_day",
        second(surcharge=Surcharge(rate_per_day=Fraction(0), limit=None, source="x")),
    ),
    ("demands.days", second(demands=replace(BEFORE.demands, days=11))),
    ("demands.days", second(demands=replace(BEFORE.demands, day_kind="calendar"))),
    ("demands.partial", second(demands=replace(BEFORE.demands, partial=False))),
    ("demands.multiple", second(demands=replace(BEFORE.demands, multiple=False))),
    (
        "demands.papers",
        second(
            demands=replace(
                BEFORE.demands, papers=(*DEMAND_PAPERS, DemandPaper(zh="正本", en="Original"))
            )
        ),
    ),
]


@pytest.mark.parametrize(("field", "after"), WORSE, ids=[field for field, _ in WORSE])
def test_what_takes_from_customs_needs_its_consent(field: str, after: LetterTerms) -> None:
    assert faults(after) == [field]
    assert faults(after, consent=True) == []


@pytest.mark.parametrize(
    "after",
    [
        second(amount=Money(BEFORE.amount.minor + 1, "CNY")),
        second(beneficiaries=(*BEFORE.beneficiaries, replace(DECLARING, code="0100"))),
        second(beneficiaries=(replace(REGISTERING, role="both"), DECLARING)),
        second(taxes=(*BEFORE.taxes, "anti_dumping")),
        second(demands=replace(BEFORE.demands, days=9)),
        second(demands=replace(BEFORE.demands, papers=DEMAND_PAPERS[:1])),
        second(
            surcharge=replace(BEFORE.surcharge, limit=Money(1, "CNY")),
        ),
        second(security=(PLEDGED, replace(PLEDGED, number="ZL2"))),
    ],
)
def test_what_gives_customs_more_needs_none(after: LetterTerms) -> None:
    assert faults(after) == []


@pytest.mark.parametrize(("agreed", "left"), [(5, 4), (1, 0), (1, None)])
def test_less_surcharge_beyond_the_amount_needs_consent(agreed: int, left: int | None) -> None:
    wide, narrow = (
        second(
            version=version,
            surcharge=replace(
                BEFORE.surcharge, limit=None if limit is None else Money(limit, "CNY")
            ),
        )
        for version, limit in ((2, agreed), (3, left))
    )
    (fault,) = amendment_faults(wide, narrow, taken=0, consent=False)
    assert fault.field == "surcharge.limit"
    assert amendment_faults(wide, narrow, taken=0, consent=True) == ()


def test_the_amount_never_falls_below_what_is_taken_not_even_with_consent() -> None:
    after = second(amount=Money(99, "CNY"))
    assert faults(after, taken=99, consent=True) == []
    assert faults(after, taken=100, consent=True) == ["amount"]


def test_every_fault_at_once() -> None:
    after = replace(
        a_single_letter(), version=1, amount=Money(1, "CNY"), beneficiaries=(), number="X"
    )
    found = amendment_faults(BEFORE, after, taken=2, consent=False)
    assert {"version", "number", "mode", "amount", "claim_until", "beneficiaries"} <= {
        one.field for one in found
    }
    assert all(one.cure for one in found)
