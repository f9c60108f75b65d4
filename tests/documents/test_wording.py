from datetime import date
from pathlib import Path

import pytest

from documents.blocks import Clause
from documents.wording import clauses, fill, load, placeholders
from kernel.errors import Invalid
from kernel.money import Money

WORDING = """
## 保险责任 Cover of {bank}
借款人逾期 {days} 天的，
保险人赔偿。

The insurer pays
the loss.

## 免赔额 Deductible [exemption]
每次 {deductible}，自 {on} 起。
"""
VALUES = {"bank": "甲银行", "days": 90, "deductible": Money(5000000, "CNY"), "on": date(2026, 1, 2)}


def test_clauses_are_filled_joined_and_marked() -> None:
    assert clauses(WORDING, VALUES) == (
        Clause(
            "保险责任 Cover of 甲银行",
            "借款人逾期 90 天的，保险人赔偿。\nThe insurer pays the loss.",
            is_exemption=False,
        ),
        Clause("免赔额 Deductible", "每次 CNY 50,000.00，自 2026-01-02 起。", is_exemption=True),
    )


def test_a_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "wording.md"
    file.write_text(WORDING, encoding="utf-8")
    assert load(file, VALUES) == clauses(WORDING, VALUES)


def test_missing_and_unknown_values_are_all_named() -> None:
    with pytest.raises(Invalid) as refused:
        clauses(WORDING, {"bank": " ", "days": None, "on": date(2026, 1, 2), "rate": "4 %"})
    assert refused.value.code == "wording-placeholder"
    assert {fault.field for fault in refused.value.faults} == {
        "wording.bank",
        "wording.days",
        "wording.deductible",
        "wording.rate",
    }


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "}",
        "{}",
        "{0}",
        "{Bank}",
        "{bank.name}",
        "{bank!r}",
        "{bank:>9}",
        "{bank[0]}",
        "a }b{ c",
    ],
)
def test_braces_that_are_no_placeholder_are_refused_with_their_line(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        fill(f"第一行\n{text}", {})
    assert refused.value.code == "wording-malformed"
    assert refused.value.faults[0].field == "wording line 2"


def test_a_value_is_not_read_again() -> None:
    assert fill("{a}{b}", {"a": "{b}", "b": "{{a}}"}) == "{b}{{a}}"
    assert fill("{{{a}}}", {"a": "x"}) == "{x}"


def test_placeholders_are_listed_once_in_order() -> None:
    assert placeholders("{b} {a} {b} {{c}}") == ("b", "a")


@pytest.mark.parametrize(
    "text", ["", "words first\n## A\nb", "## A\n\n## B\nc", "## [exemption]\nb"]
)
def test_a_wording_without_its_parts_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        clauses(text, {})
    assert refused.value.code == "wording-malformed"


def test_lines_of_latin_join_with_a_space_and_chinese_without() -> None:
    (clause,) = clauses("## A\none\ntwo\n三\n四 \n五", {})
    assert clause.text == "one two 三四五"
