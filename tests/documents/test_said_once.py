"""Said once and whole: equal names, addresses beside a code, and of what a hash is."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from pypdf import PdfReader

from documents.blocks import NOTHING, Banner, Code, Fact, Facts, Label, Listing, Title, written
from documents.fonts import width
from documents.forms.rows import MANY, Explanation, Right, explanation_blocks, rights_blocks
from documents.render import Form, Pdf, render
from documents.setting import compose
from documents.setting.address import whole
from documents.setting.columns import share_out
from documents.sheet import BODY_WIDTH, FINE, FINEST, PAD_X

HEAD = Label("表", "Table")
ACME = Label("ACME Ltd.", "ACME Ltd.")
REAL = "https://verify.example.org/verify/CGL2600000001E?c=3f0c9a1e5b7d2468"
LONG = "https://verify.customs-guarantee.insurer.example.org/letters/verify/CGL2600000001E"
NOTICES = (
    "letter_amendment", "letter_extension", "letter_release", "letter_revocation",
    "letter_refusal", "payment_advice",
)  # fmt: skip


@pytest.mark.parametrize(
    ("label", "words"),
    [
        (Label("担保人", "Guarantor"), ("担保人", "Guarantor")),
        (ACME, ("ACME Ltd.",)),
        (Label("ACME Ltd. ", " ACME Ltd."), ("ACME Ltd. ",)),
        (Label("ACME", "acme"), ("ACME", "acme")),
        (Label("", "field"), ("field",)),
        (Label("字段", " "), ("字段",)),
        (Label("", ""), ()),
    ],
)
def test_a_label_says_each_word_once(label: Label, words: tuple[str, ...]) -> None:
    assert label.words == words
    assert written(label) == (" ".join(words) or NOTHING)


@pytest.mark.parametrize("deed", [False, True])
def test_every_block_prints_an_equal_name_once(*, deed: bool) -> None:
    blocks = (
        Title(ACME),
        Banner(ACME, "x"),
        Facts(ACME, (Fact(ACME, ACME),), deed=deed),
        Listing(ACME, (ACME,), ((ACME,),), deed=deed),
        Code(ACME, REAL),
    )
    for block, times in zip(blocks, (1, 1, 3, 3, 1), strict=True):
        (grid,) = compose([block])
        said = "".join(line.text for row in grid.rows for one in row.cells for line in one.lines)
        assert said.count(ACME.zh) == times


def test_a_letter_names_a_firm_of_one_name_once(
    good_forms: dict[str, Any], read: Callable[[Pdf], PdfReader]
) -> None:
    form = good_forms["customs_letter"]
    name = Label("Acme Marine Holdings Ltd.", "Acme Marine Holdings Ltd.")
    one = replace(
        form,
        debtor=replace(form.debtor, name=name),
        beneficiaries=(replace(form.beneficiaries[0], name=name),),
        demands=replace(form.demands, papers=(name,)),
    )
    text = " ".join(page.extract_text() for page in read(render(one)).pages)
    assert text.count(name.zh) == 3


def _code_lines(form: Any) -> list[str]:
    (row,) = (row for grid in compose(form.blocks()) for row in grid.rows if _coded(row))
    return [line.text for one in row.cells if one.code for line in one.lines]


def _coded(row: Any) -> bool:
    return any(one.code for one in row.cells)


def test_address_and_hash_stand_on_one_line_each(good_forms: dict[str, Any]) -> None:
    form = good_forms["customs_letter"]
    proof = replace(form.proof, code_url=REAL)
    lines = _code_lines(replace(form, proof=proof))
    assert REAL in lines
    assert proof.content_hash in lines


def test_a_longer_address_is_set_smaller_then_parted_at_its_seams() -> None:
    room = 250.0
    assert whole(REAL, room, (FINE, FINEST)) == (REAL, FINE)
    assert whole(LONG, room, (FINE, FINEST)) == (LONG, FINEST)
    text, kind = whole(f"{LONG}?c=3f0c9a1e5b7d2468", room, (FINE, FINEST))
    lines = text.split("\n")
    assert kind == FINE
    assert "".join(lines) == f"{LONG}?c=3f0c9a1e5b7d2468"
    assert len(lines) == 2
    assert all(width(line, kind.size) <= room - 2 * PAD_X for line in lines)
    assert all(line.endswith("/") or after[0] in "?&" for line, after in pairwise(lines))


@pytest.mark.parametrize("text", ["x" * 200, "https://" + "y" * 120 + "/z", "/" * 90, "?" * 90])
def test_nothing_of_an_address_is_lost(text: str) -> None:
    assert whole(text, 200.0, (FINE,))[0].replace("\n", "") == text


@pytest.mark.parametrize("name", NOTICES)
def test_a_notice_says_whose_hash_it_prints(name: str, good_forms: dict[str, Any]) -> None:
    """Before, it stood there as if it were the notice's own."""
    form = good_forms[name]
    version = form.version if hasattr(form, "version") else form.letter.version
    number = form.letter.letter_number
    *_, zh, en, hashed = _code_lines(form)
    assert zh == f"保函 {number} 第 {version} 版的内容摘要"
    assert en == f"SHA-256 of the content of letter {number}, version {version}"
    assert hashed == form.proof.content_hash
    assert form.foot.about == number


def test_the_letter_says_that_the_hash_is_its_own(good_forms: dict[str, Any]) -> None:
    *_, zh, en, _ = _code_lines(good_forms["customs_letter"])
    assert (zh, en) == ("本版内容摘要", "Content hash of this version, SHA-256")
    assert good_forms["customs_letter"].foot.about == ""


def test_many_rights_are_set_closely(quote: Form) -> None:
    one: Right = quote.rights[0]
    assert [rights_blocks((one,) * count)[0].deed for count in (1, MANY, MANY + 1)] == [
        False, False, True,
    ]  # fmt: skip


def test_what_an_explanation_lacks_has_a_heading_of_its_own() -> None:
    said = Explanation("2026-03-09", "录像", "甲", "乙", "V-1", ("一",), "b" * 64)
    facts, note = explanation_blocks((said,), ("未说明：二",))
    assert facts.heading != note.heading


def test_a_monstrous_word_is_cut_before_an_amount_leaves_its_currency() -> None:
    amount = "CNY 9,999,999,999,999.99"
    for word, kept in (("W" * 60, True), ("W" * 39, False)):
        texts = [[(word, 9.0)], [(amount, 9.0)], [(amount, 9.0)]]
        widths = share_out(texts, [False, True, True], BODY_WIDTH)
        assert (widths[1] >= width(amount, 9.0) + 2 * PAD_X) == kept
        assert sum(widths) == pytest.approx(BODY_WIDTH)
