"""The endorsement form: its banner follows the sign, its tables add up, whatever is in them."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.blocks import Banner, Label, Listing
from documents.forms.endorsement import Changed, Endorsement, PremiumPart
from kernel.money import Money

MINOR = st.integers(0, 10**9)


def part(before: int, after: int) -> PremiumPart:
    return PremiumPart(Label("项", "Part"), Money(before, "CNY"), Money(after, "CNY"))


def a_form(before: tuple[int, int] = (100, 6), after: tuple[int, int] = (50, 3)) -> Endorsement:
    whole = part(sum(before), sum(after))
    return Endorsement(
        number="CX-1", insurer_name="示范保险", issued_on=date(2025, 9, 10),
        kind=Label("解除", "Cancellation"), policy_number="PG-1", policyholder="示范机械",
        insured="示范银行", effective_on=date(2025, 9, 11), reason="repaid early",
        status_before=Label("有效", "in force"), status_after=Label("已解除", "cancelled"),
        changed=(Changed("waiting_days", "80", None),),
        parts=tuple(part(*pair) for pair in zip(before, after, strict=True)),
        payers=(whole,), premium=whole, statements=("consent: A",), notes=("note: B",),
    )  # fmt: skip


def of_kind(form: Endorsement, kind: type) -> list[Any]:
    return [block for block in form.blocks() if isinstance(block, kind)]


@given(st.tuples(MINOR, MINOR), st.tuples(MINOR, MINOR))
@settings(max_examples=25)
def test_banner_and_totals_say_the_same(before: tuple[int, int], after: tuple[int, int]) -> None:
    form = a_form(before, after)
    (banner,) = of_kind(form, Banner)
    due = sum(after) - sum(before)
    tone = "care" if due > 0 else "good" if due < 0 else "plain"
    assert banner.tone == tone
    if due:
        assert banner.value == f"CNY {abs(due) // 100:,}.{abs(due) % 100:02d}"
    for listing in of_kind(form, Listing)[1:]:
        assert listing.total[3].minor == due
        assert sum(row[3].minor for row in listing.rows) == due


def test_a_form_whose_parts_do_not_add_up_is_not_printed() -> None:
    whole = a_form()
    torn = {name: getattr(whole, name) for name in Endorsement.__slots__}
    torn["payers"] = (part(106, 54),)
    with pytest.raises(AssertionError):
        Endorsement(**torn).blocks()
