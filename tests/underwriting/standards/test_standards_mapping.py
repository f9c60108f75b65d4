"""Every field of a letter is carried, or it is said why not; the table points at what exists."""

from dataclasses import fields, is_dataclass, replace
from fractions import Fraction
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from letters_drawn import LETTERS
from letters_sample import a_letter, a_single_letter
from python_iso20022.tsrv.tsrv_001_001_01 import models as tsrv

from kernel.errors import Invalid
from kernel.money import Money
from kernel.plain import plain
from underwriting.letters.terms import LetterTerms, Pledged
from underwriting.standards.lines import Line, exported, fields_of, stated
from underwriting.standards.mapping import WAYS, Way, by_label, rows
from underwriting.standards.mt.grammar import layouts


def leaves(kind: Any, path: str = "") -> list[str]:
    """Every leaf of the terms; a list of values is one leaf, a list of parts is gone into."""
    found: list[str] = []
    for one in fields(kind):
        hint = get_type_hints(kind)[one.name]
        here = f"{path}.{one.name}" if path else one.name
        item = get_args(hint)[0] if get_origin(hint) is tuple else hint
        if is_dataclass(item) and item.__name__ not in ("Money", Pledged.__name__):
            mark = "[]" if item is not hint else ""
            found += leaves(item, here + mark)
        else:
            found.append(here)
    return found


def test_every_field_is_mapped_once_and_no_other() -> None:
    mapped = [row.field for row in rows()]
    assert sorted(mapped) == sorted(leaves(LetterTerms))
    assert len(set(mapped)) == len(mapped)


@pytest.mark.parametrize("way", WAYS)
def test_what_is_not_carried_says_why(way: Way) -> None:
    for row in rows():
        reason = row.not_mt if way == "mt" else row.not_tsrv
        assert row.carried(way) == (reason is None), row.field
        assert reason is None or len(reason) > 30


def test_only_chinese_and_counter_security_stay_behind() -> None:
    assert [row.field for row in rows() if not row.carried("tsrv")] == ["security"]
    behind = [row.field for row in rows() if not row.carried("mt")]
    assert all(one == "security" or one.endswith("zh") for one in behind)


def test_labels_fit_into_a_line_and_are_unique() -> None:
    labels = [row.label for row in rows() if row.label]
    assert len(set(labels)) == len(labels) == len(by_label())
    assert all(one.isalpha() and one.isupper() and len(one) <= 8 for one in labels)


def test_every_tag_is_one_of_mt760() -> None:
    groups = {rule.group for rule in layouts()["760"].fields if rule.sequence == "B"}
    tags = {rule.tag for rule in layouts()["760"].fields if rule.sequence == "B"}
    assert {row.mt for row in rows() if row.mt} <= groups | tags


def test_every_element_is_one_of_tsrv001() -> None:
    top = tsrv.Undertaking3Tsrv00100101
    for row in rows():
        if row.tsrv in (None, "T+C"):
            continue
        kind: Any = top
        for name in row.tsrv.split("/"):
            (found,) = [one for one in fields(kind) if one.metadata.get("name") == name]
            hint = get_type_hints(kind)[found.name]
            kind = next(one for one in get_args(hint) if one is not type(None))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("letter", [a_letter(), a_single_letter()], ids=["revolving", "single"])
def test_lines_state_what_is_exported(letter: LetterTerms, way: Way) -> None:
    assert fields_of(stated(letter, way), way) == exported(letter, way)


def test_what_tsrv_exports_is_the_letter_but_for_its_security() -> None:
    whole = plain(a_letter())
    assert whole.pop("security")
    assert exported(a_letter(), "tsrv") == whole


def test_what_mt_exports_has_no_chinese() -> None:
    assert str(exported(a_letter(), "mt")).isascii()
    assert not str(exported(a_letter(), "tsrv")).isascii()


@settings(max_examples=50)
@given(LETTERS)
def test_any_letter_is_stated_whole(letter: LetterTerms) -> None:
    for way in WAYS:
        assert fields_of(stated(letter, way), way) == exported(letter, way)


LINES = list(stated(a_letter(), "mt"))


@pytest.mark.parametrize(
    ("lines", "field"),
    [
        ([*LINES, Line("UNKNOWN", "1")], "UNKNOWN"),
        ([*LINES, Line("BENEFZH", "洋山海关")], "BENEFZH"),
        ([*LINES, Line("POLICY", "1")], "policy_number"),
        ([one for one in LINES if one.label != "POLICY"], "policy_number"),
        ([one for one in LINES if one.label != "BENEFROL"], "beneficiaries[].role"),
        ([Line("BENEFROL", "BOTH"), *LINES], "beneficiaries[].role"),
        ([*LINES, Line("BENEFROL", "BOTH")], "beneficiaries[].role"),
        ([Line("KIND", "PROMISE") if one.label == "KIND" else one for one in LINES], "kind"),
        ([Line("TAXES", "DUTY, GIFTS") if one.label == "TAXES" else one for one in LINES], "taxes"),
        ([Line("REGIME", "XX") if one.label == "REGIME" else one for one in LINES], "regime"),
        ([Line("DEMO", "MAYBE") if one.label == "DEMO" else one for one in LINES], "demonstration"),
        (
            [Line("PAYDAYS", "ten") if one.label == "PAYDAYS" else one for one in LINES],
            "demands.days",
        ),
        (
            [Line("USEFROM", "2026-13-01") if one.label == "USEFROM" else one for one in LINES],
            "usable_from",
        ),
        (
            [Line("SURCRATE", "0.0005") if one.label == "SURCRATE" else one for one in LINES],
            "surcharge.rate_per_day",
        ),
    ],
)
def test_lines_that_state_no_letter_are_refused(lines: list[Line], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        fields_of(lines, "mt")
    assert field in [one.field for one in refused.value.faults]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"demands": replace(a_letter().demands, days=-1)}, "demands.days"),
        ({"version": 10**9}, "version"),
        ({"amount": Money(-1, "CNY")}, "amount"),
        ({"kind": "Letter"}, "kind"),
        ({"surcharge": replace(a_letter().surcharge, rate_per_day=Fraction(-1, 2))}, "surcharge"),
        ({"surcharge": replace(a_letter().surcharge, rate_per_day=Fraction(1, 10**13))}, "surch"),
        ({"place_en": "\u3000Chengdu"}, "place_en"),
    ],
)
def test_a_value_that_no_reader_finds_again_is_not_written(changes: Any, field: str) -> None:
    for way in WAYS:
        with pytest.raises(Invalid) as refused:
            stated(a_letter(**changes), way)
        assert all(one.field.startswith(field) for one in refused.value.faults)
