"""The engine of reports, its templates, its figures, and what changed between two of them."""

import csv
import io
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.reports.made import RECORDS
from claims.reports.period import WHOM, Asked, check_asked
from claims.reports.templates import template, templates
from claims.rules.reporting.changes import changes
from claims.rules.reporting.engine import figures
from claims.rules.reporting.figure import Figure, csv_of
from claims.rules.reporting.fuse_state import FuseState, Stated, fuse_stands
from claims.rules.reporting.template import template_of
from claims.rules.reporting.uncapped import uncapped
from kernel.errors import Invalid, NotFound
from kernel.sharing import CapPer
from underwriting.schemes import load_schemes

HEAD: dict[str, Any] = {
    "code": "t", "zh": "表", "en": "a report", "audience": "bank", "records": "policies",
    "clause": "a rule", "source": "S99", "grade": "A", "unverified": "",
}  # fmt: skip


def column(code: str, measure: str, unit: str = "count", **stated: Any) -> dict[str, Any]:
    return {"code": code, "zh": code, "en": code, "measure": measure, "unit": unit, **stated}


def counted(columns: list[dict[str, Any]], records: list[Any], **head: Any) -> dict[str, Figure]:
    made = template_of({**HEAD, **head, "columns": columns}, "t.toml")
    return {f"{one.row}:{one.code}": one for one in figures(made, records)}


LOANS = [
    {"bank": "A", "firm": "x", "owed": 100, "bad": 0, "currency": "CNY", "r": ("p", "q")},
    {"bank": "A", "firm": "x", "owed": 300, "bad": 300, "currency": "CNY", "r": ("p",)},
    {"bank": "A", "firm": "y", "owed": None, "bad": None, "currency": "CNY", "r": ()},
    {"bank": "B", "firm": "z", "owed": None, "bad": None, "currency": "CNY", "r": None},
]


def test_missing_is_said_and_never_nothing() -> None:
    found = counted(
        [column("owed", "sum", "money", of="owed", would="ask")], LOANS, group_by=["bank"]
    )
    assert (found["A:owed"].value, found["A:owed"].recorded) == ("4.00", True)
    assert "1 of 3 not recorded" in found["A:owed"].note
    assert (found["B:owed"].value, found["B:owed"].recorded) == ("", False)
    assert found["B:owed"].words == "未记录 not recorded"
    assert found["B:owed"].note.endswith("ask")


def test_what_may_or_may_not_count_is_noted() -> None:
    """Of two that owe and one that nobody reports, two are counted and one is named."""
    records = [{**one, "owing": None if one["owed"] is None else True} for one in LOANS]
    columns = [column("loans", "count", where={"owing": True}),
               column("firms", "distinct", of="firm", where={"owing": True})]  # fmt: skip
    found = counted(columns, records)
    assert (found["全部 all:loans"].value, found["全部 all:firms"].value) == ("2", "1")
    for code in ("loans", "firms"):
        assert "2 of 4 not recorded" in found[f"全部 all:{code}"].note


def test_names_in_lists_are_counted_once() -> None:
    found = counted([column("rights", "distinct", of="r")], LOANS, group_by=["bank"])
    assert found["A:rights"].value == "2"
    assert found["B:rights"].recorded is False


def test_ratios_are_exact_and_never_divide_by_nothing() -> None:
    columns = [
        column("owed", "sum", "money", of="owed"), column("bad", "sum", "money", of="bad"),
        column("ratio", "ratio", "ratio", of="bad", over="owed"),
        column("limit", "added", "ratio", of="ratio", plus="3/100"),
        column("within", "at_most", "text", of="ratio", over="limit"),
    ]  # fmt: skip
    found = counted(columns, LOANS, group_by=["bank"])
    assert (found["A:ratio"].value, found["A:ratio"].words) == ("3/4", "75.00 %")
    assert found["A:limit"].value == str(Fraction(78, 100))
    assert found["A:within"].value == "是 yes"
    for code in ("ratio", "limit", "within"):
        assert found[f"B:{code}"].recorded is False, "it rests on what is not recorded"
    zero = counted(columns, [{**LOANS[0], "owed": 0}])
    assert zero["全部 all:ratio"].recorded is False
    assert "nothing to divide by" in zero["全部 all:ratio"].note


def test_a_report_on_nothing_counts_nothing() -> None:
    assert counted([column("n", "count")], [])["全部 all:n"].value == "0"
    assert counted([column("n", "count")], [], group_by=["bank"]) == {}


def test_records_outside_the_template_do_not_count() -> None:
    assert counted([column("n", "count")], LOANS, where={"bank": "B"})["全部 all:n"].value == "1"


@given(st.lists(st.tuples(st.sampled_from("AB"), st.integers(-10, 10) | st.none()), max_size=12))
def test_sums_of_groups_are_those_of_a_plain_loop(records: list[Any]) -> None:
    stated = [{"bank": bank, "owed": owed, "currency": "CNY"} for bank, owed in records]
    found = counted([column("owed", "sum", of="owed")], stated, group_by=["bank"])
    for bank in {bank for bank, _ in records}:
        held = [owed for who, owed in records if who == bank and owed is not None]
        assert found[f"{bank}:owed"].value == (str(sum(held)) if held else "")


@pytest.mark.parametrize("code", templates())
def test_every_template_that_is_shipped_is_whole(code: str) -> None:
    found = template(code)
    assert found.audience in WHOM
    assert found.records in RECORDS
    assert found.grade in "ABCK"
    assert all((found.clause, found.source, found.zh, found.en))
    codes = [one.code for one in found.columns]
    assert len(set(codes)) == len(codes)
    for one in found.columns:
        assert one.measure != "not_recorded" or one.would


def test_a_report_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(NotFound, match="bank-ip-pledge"):
        template("none")


@pytest.mark.parametrize(
    ("spoilt", "place"),
    [
        (column("x", "guess"), "columns.x.measure"),
        (column("x", "sum"), "columns.x.of"),
        (column("x", "not_recorded"), "columns.x.would"),
        (column("x", "count", "metres"), "columns.x.unit"),
        (column("x", "ratio", "ratio", of="a", over="b"), "columns.x.over"),
        (column("x", "count", colour="red"), "columns.x.colour"),
    ],
)
def test_a_template_that_cannot_be_applied_is_refused(spoilt: Any, place: str) -> None:
    with pytest.raises(Invalid) as refused:
        template_of({**HEAD, "columns": [spoilt]}, "t.toml")
    assert f"t.toml.{place}" in [fault.field for fault in refused.value.faults]


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(Invalid) as refused:
        template_of({"code": "t", "colour": "red", "columns": [column("x", "guess")]}, "t.toml")
    assert len(refused.value.faults) >= 9


def test_csv_reads_back_and_holds_no_formula() -> None:
    rows = (
        Figure("=SUM(A1)", "a", "甲", "a, b", "money", "-12.50", "CNY"),
        Figure("r", "b", "乙", 'say "x"', "ratio", "1/3", note="@cmd"),
    )
    first, second = csv.DictReader(io.StringIO(csv_of(rows).decode("utf-8-sig")))
    assert (first["row"], first["value"], first["en"]) == ("'=SUM(A1)", "-12.50", "a, b")
    assert (second["en"], second["note"], second["value"]) == ('say "x"', "'@cmd", "1/3")


OLD = (
    Figure("r", "a", "甲", "a", "money", "1.00", "CNY"),
    Figure("r", "b", "乙", "b", "ratio", "1/3"),
    Figure("r", "c", "丙", "c", "count", "5"),
)


def test_every_change_is_named_and_nothing_else() -> None:
    new = (
        replace(OLD[0], value="2.00"),
        replace(OLD[1], value="3334/10000"),
        Figure("r", "d", "丁", "d", "count", "1"),
    )
    found = {one.code: (one.before, one.after) for one in changes(OLD, new)}
    assert found == {
        "a": ("CNY 1.00", "CNY 2.00"),
        "b": ("33.33 %", "33.34 %"),
        "c": ("5", ""),
        "d": ("", "1"),
    }
    assert changes(OLD, OLD) == ()


def test_a_change_too_small_to_print_is_named_exactly() -> None:
    (found,) = changes(OLD, (OLD[0], replace(OLD[1], value="333301/1000000"), OLD[2]))
    assert (found.before, found.after) == ("1/3", "333301/1000000")


def test_a_fuse_that_falls_back_counts_anew() -> None:
    stated = [
        Stated(date(2026, m, 1), Fraction(r, 100)) for m, r in ((1, 6), (2, 3), (3, 6), (4, 7))
    ]
    found = fuse_stands(reversed(stated), Fraction(5, 100))
    assert (found.state, found.since, found.as_of) == (
        FuseState.BLOWN, date(2026, 3, 1), date(2026, 4, 1),
    )  # fmt: skip
    assert fuse_stands([], Fraction(5, 100)) is None


def test_only_caps_per_loan_hold_while_no_means_are_spent() -> None:
    for text in load_schemes().values():
        kept = uncapped(text.scheme)
        assert {cap.per for cap in kept.caps} <= {CapPer.LOAN}
        assert kept.fuses == ()
        assert kept.layers == text.scheme.layers


def test_a_series_is_what_is_asked() -> None:
    one = Asked(template="t", opens_on=date(2026, 1, 1), closes_on=date(2026, 3, 31),
                whom={"currency": "CNY", "scheme": "s"})  # fmt: skip
    turned = replace(one, whom={"scheme": "s", "currency": "CNY"})
    assert one.series == turned.series
    assert one.series != replace(one, closes_on=date(2026, 3, 30)).series


def test_every_fault_of_what_is_asked_is_said_at_once() -> None:
    asked = Asked(template="t", opens_on=date(2026, 4, 1), closes_on=date(2026, 3, 31),
                  whom={"bank_id": "x"})  # fmt: skip
    with pytest.raises(Invalid) as refused:
        check_asked(asked, "party", date(2026, 1, 1))
    fields = [fault.field for fault in refused.value.faults]
    assert fields == ["closes_on", "closes_on", "whom.scheme", "whom.party", "whom.currency",
                      "whom.bank_id"]  # fmt: skip
