"""What changed between two papers: every line that went or came, and no other."""

import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from documents.blocks import Code, Fact, Facts, Label, written
from documents.differ import Line, Mark, Passage, difference
from documents.fonts import SUBSTITUTES
from documents.foot import Foot
from documents.forms.quote_letter import QuoteLetter
from documents.lines import lines_of
from documents.render import Form, Pdf
from kernel.money import Money


def _of(mark: Mark, passages: tuple[Passage, ...]) -> list[str]:
    return [line.text for one in passages for line in one.lines if line.mark is mark]


def test_a_paper_does_not_differ_from_itself(form: Form) -> None:
    assert difference(form, form) == ()


def test_a_changed_amount_and_name_are_one_line_each(quote: QuoteLetter) -> None:
    more = quote.insured_sum + Money(1, "CNY")
    later = replace(quote, insured_sum=more, client="另一家银行 Another Bank")
    passages = difference(quote, later)
    removed, added = _of(Mark.REMOVED, passages), _of(Mark.ADDED, passages)
    assert any(str(quote.insured_sum) in line for line in removed)
    assert any(str(more) in line for line in added)
    assert any("另一家银行 Another Bank" in line for line in added)
    assert any(quote.client in line for line in removed)
    assert len(removed) == len(added) <= 4


def test_a_note_more_is_a_line_more(quote: QuoteLetter) -> None:
    (passage,) = difference(quote, replace(quote, notes=(*quote.notes, "另加一条。")))
    assert [line for line in passage.lines if line.mark is not Mark.KEPT] == [
        Line(Mark.ADDED, "另加一条。")
    ]
    assert len([line for line in passage.lines if line.mark is Mark.KEPT]) <= 6


def test_both_ways_tell_the_same(quote: QuoteLetter, good_forms: dict[str, Any]) -> None:
    other = good_forms["policy_schedule"]
    there, back = difference(quote, other, around=0), difference(other, quote, around=0)
    old, new = lines_of(quote), lines_of(other)
    assert len(_of(Mark.REMOVED, there)) - len(_of(Mark.ADDED, there)) == len(old) - len(new)
    assert set(_of(Mark.ADDED, back)) <= set(old)
    assert set(_of(Mark.ADDED, there)) <= set(new)


def test_the_passages_rebuild_the_later_paper(quote: QuoteLetter) -> None:
    """With all lines around, what is kept and added is the later paper, in its order."""
    later = replace(quote, notes=("一", *quote.notes), client="甲")
    (passage,) = difference(quote, later, around=10_000)
    assert (passage.before, passage.after) == (1, 1)
    for gone, whole in ((Mark.REMOVED, later), (Mark.ADDED, quote)):
        left = tuple(line.text for line in passage.lines if line.mark is not gone)
        assert left == lines_of(whole)


def test_the_difference_is_that_of_diff(quote: QuoteLetter, tmp_path: Path) -> None:
    """A second opinion: the lines that the program `diff` finds."""
    later = replace(quote, client="甲", notes=("新的说明。", *quote.notes))
    files = [tmp_path / "old", tmp_path / "new"]
    for file, form in zip(files, (quote, later), strict=True):
        file.write_text("".join(f"{line}\n" for line in lines_of(form)))
    run = subprocess.run(
        ["diff", *map(str, files)], capture_output=True, text=True, check=False
    )  # fmt: skip
    passages = difference(quote, later)
    lines = run.stdout.splitlines()
    assert [one[2:] for one in lines if one.startswith("< ")] == _of(Mark.REMOVED, passages)
    assert [one[2:] for one in lines if one.startswith("> ")] == _of(Mark.ADDED, passages)


def test_every_line_stands_on_the_paper(form: Form, pdf_of: Any, read: Any, squeezed: Any) -> None:
    """What is compared is what is printed: each line's words are in the text of the pages."""
    pdf: Pdf = pdf_of(form)
    text = squeezed("".join(page.extract_text() for page in read(pdf).pages))
    for line in lines_of(form):
        for part in line.split(" | "):
            words = squeezed(part.rpartition(": ")[2].translate(SUBSTITUTES))
            assert words[:20] in text, line


@pytest.mark.parametrize("field", ["client", "borrower", "number", "insurer_name"])
def test_no_field_is_left_out(quote: QuoteLetter, field: str) -> None:
    assert difference(quote, replace(quote, **{field: "改"})) != ()


def test_blocks_of_any_kind_are_read() -> None:
    class Paper:
        title = Label("纸", "Paper")
        number, insurer_name = "1", "甲"

        foot = Foot(version=2, content_hash="ab" * 32)

        def blocks(self) -> tuple[Any, ...]:
            fact = Fact(Label("金额", "Amount"), Money(101, "CNY"), in_words=True)
            return (
                Facts(Label("事", "Facts"), (fact, Fact(Label("无", "None"), None))),
                Code(Label("核验", "Check"), "https://example.org/1", ("扫码 scan",)),
            )

    assert lines_of(Paper()) == (
        "甲", "纸 Paper", "1", "事 Facts", "金额 Amount: CNY 1.01", "人民币壹元零壹分",
        "Chinese Yuan one and 01/100 only", f"无 None: {written(None)}", "核验 Check",
        "https://example.org/1", "扫码 scan",
        "版本 Version 2　内容摘要 Content hash abababababababab",
    )  # fmt: skip
