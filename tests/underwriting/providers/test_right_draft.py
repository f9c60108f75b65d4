"""A record becomes the draft of a pledged right, and what it does not say is named."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kernel.finding import Effect
from underwriting.pledge.forms import PledgedRight
from underwriting.providers import Entry, RightRecord, draft, record_findings
from underwriting.providers.edge import open_rights
from underwriting.providers.term import end_of_term

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples" / "patents.csv"
ON = date(2025, 3, 3)


def record(number: str = "EXAMPLE-0001", on: date = ON) -> RightRecord:
    found = open_rights(EXAMPLES).right(number, on=on)
    assert found is not None
    return found


def bare() -> RightRecord:
    return RightRecord("X", "CN", date(2025, 1, 1), "a file", "trademark")


def form(number: str, on: date = ON) -> PledgedRight:
    made = draft(record(number, on), on)
    whole = made.with_value({"amount": "1.00", "currency": "CNY"}, on, "示范评估")
    return PledgedRight.model_validate(whole, strict=False)


def test_a_whole_record_lacks_its_value_alone() -> None:
    made = draft(record(), ON)
    assert [one.field for one in made.missing] == ["appraised", "appraised_on", "appraiser"]
    assert all(one.needed and one.cure for one in made.missing)
    assert made.derived == {}


def test_a_draft_with_its_value_fits_the_form() -> None:
    right = form("EXAMPLE-0001")
    assert (right.owner, right.technology, right.family) == (
        "示范机械有限公司",
        "B25J",
        "EXAMPLE-F1",
    )
    assert (right.filed, right.expires) == (date(2020, 3, 1), date(2040, 3, 1))
    assert (right.in_dispute, right.invalidation_pending, right.pledged_elsewhere) == (False,) * 3
    assert form("EXAMPLE-0003").co_owners == ("示范设计工作室",)


def test_what_is_open_on_the_day_stands_in_the_form() -> None:
    later = form("EXAMPLE-0001", date(2026, 2, 1))
    assert later.invalidation_pending
    assert later.pledged_elsewhere
    assert not form("EXAMPLE-0002").pledged_elsewhere  # released a year before


def test_what_a_record_does_not_say_is_named_and_not_made_up() -> None:
    made = draft(bare(), ON)
    needed = {one.field for one in made.missing if one.needed}
    untested = {one.field for one in made.missing if not one.needed}
    assert needed == {
        "title",
        "owner",
        "filed",
        "expires",
        "appraised",
        "appraised_on",
        "appraiser",
    }
    assert untested == {
        "granted", "fees_paid_until", "co_owners",
        "in_dispute", "invalidation_pending", "pledged_elsewhere",
    }  # fmt: skip
    assert set(made.fields) == {"kind", "number", "office"}


def test_a_term_by_statute_is_said_to_be_derived() -> None:
    made = draft(record("EXAMPLE-0002"), ON)
    assert made.fields["expires"] == "2031-07-10"
    assert "Patent Law" in made.derived["expires"]


@pytest.mark.parametrize(
    ("kind", "office", "filed", "ends"),
    [
        ("invention", "CN", date(2020, 3, 1), date(2040, 3, 1)),
        ("invention", "CN", date(2020, 2, 29), date(2040, 2, 29)),
        ("utility_model", "CN", date(2020, 3, 1), date(2030, 3, 1)),
        ("design", "CN", date(2021, 5, 31), date(2031, 5, 31)),
        ("design", "CN", date(2021, 6, 1), date(2036, 6, 1)),
        ("ic_layout", "CN", date(2020, 3, 1), date(2030, 3, 1)),
        ("trademark", "CN", date(2020, 3, 1), None),
        ("invention", "US", date(2020, 3, 1), None),
    ],
)
def test_terms_of_the_patent_law(kind: str, office: str, filed: date, ends: date | None) -> None:
    assert end_of_term(kind, office, filed) == ends


@pytest.mark.parametrize("status", ["lapsed", "expired", "invalidated", "withdrawn", "pending"])
def test_a_right_that_does_not_stand_is_declined(status: str) -> None:
    found = list(record_findings(replace(bare(), status=status), date(2025, 1, 2)))
    assert [one.effect for one in found] == [Effect.DECLINE]
    assert found[0].code == ("not-granted" if status == "pending" else "right-ended")


def test_old_facts_inform_and_fresh_ones_are_silent() -> None:
    assert list(record_findings(replace(bare(), status="in_force"), date(2025, 1, 31))) == []
    (old,) = record_findings(bare(), date(2025, 2, 1))
    assert (old.code, old.effect) == ("record-old", Effect.INFORM)
    assert "31 days" in old.en


def test_an_end_that_lies_ahead_is_still_open() -> None:
    pledged = replace(bare(), pledges=(Entry(date(2025, 1, 1), "x", date(2026, 1, 1)),))
    assert draft(pledged, ON).fields["pledged_elsewhere"] is True
    assert draft(pledged, date(2026, 1, 1)).fields["pledged_elsewhere"] is False
