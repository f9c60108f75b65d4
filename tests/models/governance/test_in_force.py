"""Who serves on which date: no overlap, no invented gap, and the line of each fault."""

from datetime import date

import pytest

from kernel.errors import Invalid, Unavailable
from models.governance.in_force import load_in_force, read_in_force, serving

ONE, OTHER = "first-0123456789ab", "second-ba9876543210"


def row(**changes: str) -> str:
    """One row; a change of "" leaves the key out."""
    keys = {
        "purpose": '"borrower_default"',
        "products": '["pledge_guarantee"]',
        "champion": f'"{ONE}"',
        "valid_from": "2026-01-01",
    } | changes
    return "\n".join(["[[serves]]", *(f"{key} = {text}" for key, text in keys.items() if text)])


def test_a_fit_serves_from_its_first_day_to_before_its_last() -> None:
    text = "\n".join(
        [row(valid_to="2027-01-01"), row(champion=f'"{OTHER}"', valid_from="2027-01-01")]
    )
    table = read_in_force(text)
    for day, fit in (
        (date(2026, 1, 1), ONE),
        (date(2026, 12, 31), ONE),
        (date(2027, 1, 1), OTHER),
        (date(2050, 1, 1), OTHER),
    ):
        found = table.serving("borrower_default", "pledge_guarantee", day)
        assert (found.champion, found.challenger) == (fit, None), day


@pytest.mark.parametrize(
    ("purpose", "product", "day"),
    [
        ("borrower_default", "pledge_guarantee", date(2025, 12, 31)),
        ("borrower_default", "pledge_guarantee", date(2027, 1, 1)),
        ("borrower_default", "customs_guarantee", date(2026, 5, 1)),
        ("lapse", "pledge_guarantee", date(2026, 5, 1)),
    ],
)
def test_a_date_or_product_without_a_fit_is_refused_with_a_cure(
    purpose: str, product: str, day: date
) -> None:
    table = read_in_force(row(valid_to="2027-01-01"))
    with pytest.raises(Unavailable) as refused:
        table.serving(purpose, product, day)
    assert refused.value.code == "no-fit-in-force"
    assert str(day) in refused.value.faults[0].problem
    assert "in_force.toml" in refused.value.faults[0].cure


def test_the_refusal_says_when_there_was_one() -> None:
    table = read_in_force(row(valid_to="2027-01-01"))
    with pytest.raises(Unavailable, match=f"{ONE} from 2026-01-01 to before 2027-01-01"):
        table.serving("borrower_default", "pledge_guarantee", date(2030, 1, 1))


def test_products_and_purposes_are_served_apart() -> None:
    text = "\n".join(
        [
            row(products='["a", "b"]', challenger=f'"{OTHER}"'),
            row(products='["c"]', champion=f'"{OTHER}"'),
            row(purpose='"severity.damages"', champion='"priors"'),
        ]
    )
    table = read_in_force(text)
    day = date(2026, 6, 1)
    assert table.serving("borrower_default", "b", day).fits == (ONE, OTHER)
    assert table.serving("borrower_default", "c", day).fits == (OTHER,)
    assert table.serving("severity.damages", "pledge_guarantee", day).fits == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (row(purpose='"default"'), "line 1: purpose 'default' is unknown"),
        (row(purpose='"severity."'), "is unknown"),
        (row(champion=""), "line 1: champion is missing"),
        ("\n\n" + row(valid_to="2026-01-01"), "line 3: valid_to is not after valid_from"),
        (row(valid_from='"2026-01-01"'), "valid_from is no date"),
        (row(valid_from="2026-01-01T00:00:00"), "valid_from is no date"),
        (row(colour='"red"'), "unknown key 'colour'"),
        (row(line="3"), "unknown key 'line'"),
        (row(products='"pledge_guarantee"'), "no list of codes"),
        (row(products="[]"), "no list of codes"),
        (row(products='["a", "a"]'), "no list of codes"),
        (row(champion='"../../x"'), "no fit id"),
        (row(challenger=f'"{ONE}"'), "challenges itself"),
        (row() + "\n" + row(), "line 6: borrower_default of pledge_guarantee is served by line 1"),
        ('serve = "x"', "unknown key 'serve'"),
        ("serves = 3", "no list of tables"),
        ("serves = [{purpose = 1}]", "begin each row"),
        ("[[serves]]\npurpose = x\n", "line 2"),
    ],
)
def test_a_faulty_table_is_refused_with_its_line(text: str, words: str) -> None:
    with pytest.raises(Invalid, match=words.replace("[", r"\[").replace("(", r"\(")) as refused:
        read_in_force(text)
    assert refused.value.code == "in-force-invalid"
    assert refused.value.faults[0].cure


def test_overlap_is_seen_in_whatever_order_rows_stand() -> None:
    late, early = row(valid_from="2027-01-01"), row(valid_to="2027-01-02")
    for text in (f"{late}\n{early}", f"{early}\n{late}"):
        with pytest.raises(Invalid, match="valid_to = 2027-01-01 or earlier"):
            read_in_force(text)


def test_three_rows_overlap_through_one_product_only() -> None:
    text = "\n".join(
        [
            row(products='["a", "b"]', valid_to="2026-06-01"),
            row(products='["b"]', valid_from="2026-06-01"),
            row(products='["a"]', valid_from="2026-05-31"),
        ]
    )
    with pytest.raises(Invalid, match="borrower_default of a is served by line 1"):
        read_in_force(text)


def test_the_shipped_table_is_sound() -> None:
    load_in_force()
    with pytest.raises(Unavailable):
        serving("borrower_default", "no_such_product", date(2026, 1, 1))
