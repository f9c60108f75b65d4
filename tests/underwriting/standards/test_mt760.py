"""A letter as MT760: every exported field comes back, and what does not fit is refused."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from letters_drawn import LETTERS
from letters_sample import (
    DEBTOR,
    DECLARING,
    DEMAND_PAPERS,
    GUARANTOR,
    REGISTERING,
    a_letter,
    a_single_letter,
)

from kernel.errors import Invalid
from kernel.money import Money
from underwriting.letters.terms import LetterTerms
from underwriting.standards.lines import exported
from underwriting.standards.mt import check_mt, mt760, read_mt, terms_read, write_mt

LONG = " ".join(["obligation"] * 40)


def read(letter: LetterTerms) -> dict[str, Any]:
    message = read_mt(mt760(letter))
    assert check_mt(message) == ()
    return terms_read(message)


def refused_fields(letter: LetterTerms) -> list[str]:
    with pytest.raises(Invalid) as refused:
        mt760(letter)
    assert refused.value.code in ("not-exportable", "invalid")
    return [one.field for one in refused.value.faults]


def test_the_sample_field_by_field() -> None:
    message = read_mt(mt760(a_letter(), content_hash="0f" * 32))
    texts = {(one.sequence, one.tag): one.text for one in message.fields}
    assert texts["A", "22A"] == "ISSU"
    assert texts["A", "23X"] == "OTHR/" + "0f" * 32
    assert texts["B", "20"] == "CGL2600000001E"
    assert texts["B", "30"] == "261120"
    assert texts["B", "22D"] == "DGAR"
    assert (texts["B", "23B"], texts["B", "31E"]) == ("FIXD", "280531")
    assert texts["B", "32B"] == "CNY5000000,00"
    assert texts["B", "50"] == "1/Sichuan Shifan Precision\n1/Instruments Co., Ltd."
    assert texts["B", "52A"] == "ZHBACNBC"
    assert texts["B", "59"] == "1/Chengdu Shuangliu Airport Customs"
    assert texts["B", "44J"] == "CN\n/Laws of the People's Republic of China"
    assert "/BENEFNAM/Yangshan Customs, Shanghai" in texts["B", "77U"].split("\n")
    assert message.sender == "ZHBACNBCAXXX"
    for tag in ("48B", "48D", "49", "39E"):
        assert ("B", tag) not in texts


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"beneficiaries": (replace(REGISTERING, role="both"),)},
        {"beneficiaries": (REGISTERING, DECLARING, replace(DECLARING, code="0101"))},
        {"guarantor": replace(GUARANTOR, party=replace(GUARANTOR.party, bic=None))},
        {"guarantor": replace(GUARANTOR, party=replace(GUARANTOR.party, bic="ZHBACNBCSCU"))},
        {"debtor": replace(DEBTOR, en="Shifan Ltd", address_en="Chengdu")},
        {"debtor": replace(DEBTOR, lei=None, customs_code=None, bic="SHFNCNBC")},
        {"amount": Money(7, "JPY")},
        {"amount": Money(99_999_999_999_999, "CNY")},
        {"law_en": "a" * 66},
        {"regime": "EU"},
        {"transferable": True},
        {"purposes": (), "taxes": ()},
        {"nature": "independent", "rules": "URDG"},
        {"place_en": "Chengdu " * 200 + "x"},
    ],
)
def test_every_exported_field_comes_back(changes: dict[str, Any]) -> None:
    letter = a_letter(**changes)
    assert read(letter) == exported(letter, "mt")


@pytest.mark.parametrize(
    ("partial", "multiple", "code"),
    [(True, True, None), (True, False, "NMLT"), (False, True, "NPRT"), (False, False, "NMPT")],
)
def test_the_demand_indicator(partial: bool, multiple: bool, code: str | None) -> None:  # noqa: FBT001 - a table of truth values
    letter = a_letter(demands=replace(a_letter().demands, partial=partial, multiple=multiple))
    assert read_mt(mt760(letter)).text("48B") == code
    assert read(letter) == exported(letter, "mt")


def test_a_single_letter_names_its_declaration() -> None:
    text = read_mt(mt760(a_single_letter())).text("45L")
    assert text is not None
    assert "/DECLNO/224820261000012345\n/DECLON/2026-11-23\n/DECLTAX/CNY465230,17" in text


@settings(max_examples=70)
@given(LETTERS)
def test_any_letter_comes_back(letter: LetterTerms) -> None:
    message = read_mt(mt760(letter))
    assert check_mt(message) == ()
    assert terms_read(message) == exported(letter, "mt")
    assert read_mt(write_mt(message)) == message
    for one in (message, *message.more):
        for field in one.fields:  # the slash before the law comes on top of its 65
            most = 66 if field.tag == "44J" else 65
            assert max(len(line) for line in field.text.split("\n")) <= most


def overflowing(words: int) -> LetterTerms:
    return a_letter(place_en=" ".join(["x" * 60] * words))


def test_what_77u_cannot_hold_goes_on_in_mt761() -> None:
    letter = overflowing(400)
    message = read_mt(mt760(letter))
    assert [one.kind for one in message.more] == ["761", "761"]
    assert [one.text("27") for one in (message, *message.more)] == ["1/3", "2/3", "3/3"]
    assert {one.text("20") for one in message.more} == {letter.number}
    assert terms_read(message) == exported(letter, "mt")


def test_seven_more_messages_are_the_most() -> None:
    assert len(read_mt(mt760(overflowing(1150))).more) == 7
    with pytest.raises(Invalid, match="needs 9 messages"):
        mt760(overflowing(1200))


@pytest.mark.parametrize("wrong", ["3/3", "2/2", "1/3"])
def test_a_series_out_of_number_is_seen(wrong: str) -> None:
    text = mt760(overflowing(400)).replace(":27:2/3", f":27:{wrong}")
    faults = check_mt(read_mt(text))
    assert [one.field for one in faults] == ["MT761.27"]


def test_a_series_cut_short_or_mixed_is_seen() -> None:
    message = read_mt(mt760(overflowing(400)))
    cut = replace(message, more=message.more[:1])
    assert "MT760.27" in [one.field for one in check_mt(cut)]
    other = mt760(overflowing(400)).replace("CGL2600000001E\r\n:52A", "CGL26000000030\r\n:52A")
    assert "MT761.20" in [one.field for one in check_mt(read_mt(other))]
    exchanged = replace(message, more=message.more[::-1])
    with pytest.raises(Invalid):
        terms_read(exchanged)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"debtor": replace(DEBTOR, en="四川示范")}, "MT760.B.50"),
        ({"debtor": replace(DEBTOR, en="Johnson & Co.")}, "MT760.B.50"),
        ({"debtor": replace(DEBTOR, en="a" * 133)}, "debtor.en"),
        ({"debtor": replace(DEBTOR, en="")}, "debtor.en"),
        ({"debtor": replace(DEBTOR, address_en="two  blanks")}, "debtor.address_en"),
        ({"beneficiaries": (replace(REGISTERING, en="成都海关"),)}, "MT760.B.59"),
        ({"beneficiaries": (replace(REGISTERING, en="a" * 133),)}, "beneficiaries[].en"),
        ({"beneficiaries": (REGISTERING, replace(DECLARING, en="洋山"))}, "MT760.B.77U"),
        ({"beneficiaries": ()}, "beneficiaries"),
        ({"obligation_en": "the obligation – whole"}, "MT760.B.45L"),
        ({"obligation_en": " ".join([LONG] * 10)}, "MT760.B.45L"),
        ({"demands": replace(a_letter().demands, papers=DEMAND_PAPERS * 25)}, "MT760.B.45C"),
        ({"guarantor": replace(GUARANTOR, contact="联系电话")}, "MT760.B.77U"),
        ({"number": "CGL26000000012345"}, "MT760.B.20"),
        ({"number": "CGL/"}, "MT760.B.20"),
        ({"number": "保函1"}, "MT760.B.20"),
        ({"amount": Money(10**15, "CNY")}, "MT760.B.32B"),
        ({"claim_until": a_letter().claim_until.replace(year=2080)}, "claim_until"),
        ({"place_en": "a\nb"}, "place_en"),
    ],
)
def test_what_it_cannot_carry_is_refused_by_name(changes: dict[str, Any], field: str) -> None:
    assert field in refused_fields(a_letter(**changes))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/PROMISE/We are jointly", "/PROMISE/We may be jointly"),
        ("/PROMISE/", "/NOTE/"),
        ("/NATURE/JOINT AND SEVERAL", "/NATURE/INDEPENDENT"),
        ("/NATURE/JOINT AND SEVERAL", "/NATURE/SOMETHING"),
        ("/VERSION/1\r\n", ""),
        ("/VERSION/1\r\n", "/VERSION/1\r\n/VERSION/2\r\n"),
        ("/VERSION/1", "VERSION 1"),
        ("/BENEFNO/7902\r\n", ""),
        (":59:1/", ":59:"),
        (":50:1/", ":50:"),
        ("/MODE/REVOLVING", "/MODE/FOR EVER"),
        ("{2:I760", "{2:I767"),
        (":31E:280531\r\n", ""),
    ],
)
def test_a_bent_text_is_not_read(old: str, new: str) -> None:
    text = mt760(a_letter())
    assert old in text
    with pytest.raises(Invalid):
        terms_read(read_mt(text.replace(old, new, 1)))


def test_every_line_left_out_is_noticed() -> None:
    text = mt760(a_letter())
    whole = terms_read(read_mt(text))
    lines = text.split("\r\n")
    for at in range(len(lines)):
        cut = "\r\n".join(lines[:at] + lines[at + 1 :])
        try:
            assert terms_read(read_mt(cut)) != whole, lines[at]
        except Invalid:
            continue
