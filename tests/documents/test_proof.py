import unicodedata
from dataclasses import dataclass, replace
from datetime import date

import pytest

from documents.blocks import Label
from documents.fonts import SUBSTITUTES, has_glyph, is_hidden
from documents.forms.quote_letter import QuoteLetter
from documents.proof import MAX_FAULTS, proofread
from documents.render import render
from kernel.errors import Invalid
from kernel.money import Money


@dataclass(frozen=True)
class Slip:
    name: str
    lines: tuple[str, ...] = ()
    label: Label | None = None


def test_a_character_outside_the_font_is_named_with_its_field(quote: QuoteLetter) -> None:
    right = replace(quote.rights[1], owner="𠮷田工业")
    with pytest.raises(Invalid) as refused:
        render(replace(quote, rights=(quote.rights[0], right)))
    assert refused.value.code == "glyph-missing"
    (fault,) = refused.value.faults
    assert fault.field == "rights[1].owner"
    assert "𠮷" in fault.problem
    assert "U+20BB7" in fault.problem


@pytest.mark.parametrize(
    "char",
    [
        "\x00", "\t", "\r", "\x1b", "\x7f", "\x85", "\u00ad", "\u200b", "\u200d", "\u200e",
        "\u2028", "\u2029", "\u202a", "\u202e", "\u2066", "\u2069", "\ufeff", "\ud800", "\u0301",
        "\u20dd", "\u05d0", "\u0627", "\U000e0041",
    ],
)  # fmt: skip
def test_what_does_not_show_is_refused_and_never_repeated(quote: QuoteLetter, char: str) -> None:
    with pytest.raises(Invalid) as refused:
        render(replace(quote, notes=("好", f"甲{char}乙")))
    assert refused.value.code == "character-hidden"
    (fault,) = refused.value.faults
    assert fault.field == "notes[1]"
    assert f"U+{ord(char):04X}" in fault.problem
    assert char not in str(fault)


@pytest.mark.parametrize("char", ["☺", "\u01ce", "\u3164", "\ue000", "\U00031350", "😀", "☑"])
def test_glyphs_that_are_missing_or_empty_are_refused(char: str) -> None:
    with pytest.raises(Invalid) as refused:
        proofread(Slip(char))
    assert refused.value.code == "glyph-missing"


@pytest.mark.parametrize(
    "text", ["镕喆堃", "第1行\n第2行", "ＡＢ１２", "é Å ß", "　 \u00a0", "200℃ Ⅴ"]
)
def test_names_of_people_and_patents_pass(text: str) -> None:
    proofread(Slip(text, (text,), Label(text, text)))


def test_all_faults_are_told_at_once_up_to_a_limit() -> None:
    with pytest.raises(Invalid) as refused:
        proofread(Slip("☺", ("好", "😀", "☺😀"), Label("\u202e", "en")))
    fields = [fault.field for fault in refused.value.faults]
    assert fields == ["name", "lines[1]", "lines[2]", "lines[2]", "label.zh"]
    with pytest.raises(Invalid) as refused:
        proofread(Slip("好", ("☺",) * 500))
    assert len(refused.value.faults) == MAX_FAULTS


def test_a_form_holds_only_printable_values() -> None:
    proofread((Money(1, "CNY"), date(2026, 1, 1), None, 7, "好"))
    with pytest.raises(AssertionError, match=r"x\[0\]|\[0\]: a form holds only printable"):
        proofread((1.5,))


def test_all_of_gbk_but_letters_of_pinyin_can_be_printed() -> None:
    chars = {
        char
        for first in range(0x81, 0xFF)
        for second in range(0x40, 0xFF)
        if len(char := bytes((first, second)).decode("gbk", errors="ignore")) == 1
        and ord(char) >= 0x80
    }
    assert len(chars) > 20000
    missing = {char for char in chars if not has_glyph(char)}
    assert "".join(sorted(missing)) == "ǎǐǒǔǘǚǜɑɡˊˋ☉"


def test_substitutes_stand_only_for_empty_glyphs_and_mean_the_same() -> None:
    for code, other in SUBSTITUTES.items():
        assert unicodedata.normalize("NFKC", chr(code)) == other
        assert has_glyph(other)


def test_letters_are_not_hidden() -> None:
    assert not any(is_hidden(char) for char in "A9知，（é・々 　")
