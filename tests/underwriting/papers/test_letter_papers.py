"""The papers about a letter, filled from its terms: nothing that matters is left off."""

import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest

from documents.blocks import Label
from documents.forms.letter_refusal import Demanded
from documents.forms.payment_advice import PaidLine
from documents.page import Furniture
from documents.render import render
from kernel.errors import Invalid
from kernel.finding import Effect, Finding
from kernel.money import Money
from kernel.plain import plain, read_plain
from underwriting.letters.terms import LetterTerms, Surcharge
from underwriting.papers import letter_words as words
from underwriting.papers.customs_letter import customs_letter
from underwriting.papers.letter_answers import letter_refusal, payment_advice
from underwriting.papers.letter_changes import (
    changed_terms,
    letter_amendment,
    letter_extension,
)
from underwriting.papers.letter_ends import letter_release, letter_revocation
from underwriting.papers.letter_wording import letter_clauses
from underwriting.papers.pledge_papers import pledge_certificate, pledge_release

_SPEC = spec_from_file_location(
    "letters_sample", Path(__file__).parents[2] / "letters_sample.py"
)  # fmt: skip
sample = sys.modules.get("letters_sample") or module_from_spec(_SPEC)
_SPEC.loader.exec_module(sample)

PROVEN = {"code_url": "https://verify.example.org/v/1", "content_hash": "ab" * 32}
DATED = {"number": "N-1", "on": date(2027, 3, 1), **PROVEN}
NOT_PRINTED = ("regime", "surcharge.source", "security")
"""Whose law is in the words; the source is the house's own; a pledge is no part of the letter."""


def printed(terms: LetterTerms) -> str:
    letter = customs_letter(terms, **PROVEN)
    return repr((Furniture.of(letter), letter.blocks()))


def changed(value: Any, hint: Any) -> Any:
    """Another value of the same kind."""
    if get_origin(hint) is Literal:
        return next(one for one in get_args(hint) if one != value)
    if isinstance(value, bool):
        return not value
    if isinstance(value, Money):
        return Money(value.minor + 100, value.currency)
    if isinstance(value, date):
        return value + timedelta(days=1)
    if isinstance(value, tuple):
        return value[:-1]
    step: Any = "改" if isinstance(value, str) else Fraction(1, 10**4)
    return value + (1 if isinstance(value, int) else step)


def variants(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """The value with each of its fields changed in turn, however deep."""
    hints = get_type_hints(type(value))
    for field in fields(value):
        old, name = getattr(value, field.name), f"{path}{field.name}"
        if old is None or old == ():
            continue
        if is_dataclass(old) and not isinstance(old, Money):
            inner: Iterator[tuple[str, Any]] = variants(old, f"{name}.")
            yield from ((way, replace(value, **{field.name: new})) for way, new in inner)
            continue
        if isinstance(old, tuple) and is_dataclass(old[0]):
            for way, new in variants(old[0], f"{name}."):
                yield way, replace(value, **{field.name: (new, *old[1:])})
        yield name, replace(value, **{field.name: changed(old, hints[field.name])})


def every_variant() -> Iterator[tuple[str, LetterTerms, LetterTerms]]:
    beyond = Surcharge(rate_per_day=Fraction(1, 2000), limit=Money(10**7, "CNY"), source="law")
    for terms in (sample.a_letter(surcharge=beyond), sample.a_single_letter()):
        for way, other in variants(terms):
            yield way, terms, other


def test_whatever_changes_in_the_terms_changes_the_letter() -> None:
    seen = set()
    for way, terms, other in every_variant():
        expected = not way.startswith(NOT_PRINTED)
        assert (printed(terms) != printed(other)) == expected, way
        seen.add(way)
    assert len(seen) > 70


def test_whatever_changes_in_the_terms_stands_in_the_amendment() -> None:
    for way, terms, other in every_variant():
        if way in {"number", "version", "issued_on"}:
            continue
        rows = changed_terms(terms, replace(other, version=terms.version + 1))
        assert rows, way
        assert all(row.before != row.after for row in rows)


def test_versions_that_say_the_same_differ_in_nothing() -> None:
    terms = sample.a_letter()
    assert changed_terms(terms, replace(terms, version=2, issued_on=date(2027, 1, 1))) == ()


def test_a_change_is_told_by_party_and_before_after() -> None:
    before = sample.a_letter()
    debtor = replace(before.debtor, address_zh="成都市新址")
    rows = changed_terms(before, replace(before, version=2, debtor=debtor, amount=Money(1, "CNY")))
    assert [row.term.zh for row in rows] == ["被担保人地址", "担保金额"]
    assert rows[1].before == before.amount
    assert "成都市新址" in rows[0].after.zh


def test_a_district_that_goes_is_seen() -> None:
    before = sample.a_letter()
    (row,) = changed_terms(before, replace(before, beneficiaries=before.beneficiaries[:1]))
    assert "2248" in row.before
    assert "2248" not in row.after


def test_every_code_of_the_terms_has_its_words() -> None:
    hints = get_type_hints(LetterTerms)
    demands = get_type_hints(type(sample.a_letter().demands))
    for table, hint in (
        (words.KINDS, hints["kind"]),
        (words.NATURES, hints["nature"]),
        (words.RULES, hints["rules"]),
        (words.MODES, hints["mode"]),
        (words.PURPOSES, get_args(hints["purposes"])[0]),
        (words.TAXES, get_args(hints["taxes"])[0]),
        (words.EFFECTIVE, hints["effective_on"]),
        (words.CHARGES, hints["charges"]),
        (words.LANGUAGES, hints["prevailing"]),
        (words.DAY_KINDS, demands["day_kind"]),
        (words.MEDIA, demands["medium"]),
    ):
        assert set(table) == set(get_args(hint))
        assert len({one.zh for one in table.values()}) == len(table)


def test_demands_in_part_and_more_than_once_are_told_apart() -> None:
    said = {
        words.demands_in_words(partial=partial, multiple=multiple)
        for partial in (True, False)
        for multiple in (True, False)
    }
    assert len({one.zh for one in said}) == len({one.en for one in said}) == 4


@pytest.mark.parametrize("nature", ["joint_and_several", "independent"])
@pytest.mark.parametrize("restored", [True, False])
@pytest.mark.parametrize("prevailing", ["zh", "en"])
def test_clauses_fit_the_terms(nature: str, *, restored: bool, prevailing: str) -> None:
    terms = sample.a_letter(nature=nature, restored=restored, prevailing=prevailing)
    clauses = letter_clauses(terms)
    text = "\n".join(f"{one.heading}\n{one.text}" for one in clauses)
    assert ("无须先向被担保人追缴" in text) == (nature == "joint_and_several")
    assert ("独立于基础关系" in text) == (nature == "independent")
    assert ("相应金额恢复" in text) == restored
    assert "被宣告无效" in text
    assert f"以{words.LANGUAGES[prevailing].zh}文本为准" in text
    assert sum(one.is_exemption for one in clauses) == 1
    assert len(clauses) == 10
    assert "[" not in text
    assert "{" not in text


def test_a_form_of_each_kind_returns_from_what_is_kept() -> None:
    letter = customs_letter(sample.a_single_letter(), **PROVEN, with_security=True)
    assert read_plain(type(letter), plain(letter)) == letter
    assert letter.declarations[0].tax == Money(465_230_17, "CNY")
    assert letter.security[0].rank == 1


def test_a_later_version_says_what_it_replaces() -> None:
    assert customs_letter(sample.a_letter(), **PROVEN).replaces is None
    assert customs_letter(sample.a_letter(version=3), **PROVEN).replaces == "版本 Version 2"


def test_surcharge_within_or_beyond_the_amount() -> None:
    within = customs_letter(sample.a_letter(), **PROVEN).surcharge
    limit = Money(50_000_00, "CNY")
    stated = Surcharge(rate_per_day=Fraction(1, 2000), limit=limit, source="law")
    beyond = customs_letter(sample.a_letter(surcharge=stated), **PROVEN).surcharge
    assert within == Label("按日 0.05 %，计入担保金额", "0.05 % a day, within the amount")
    assert "CNY 50,000.00" in beyond.zh
    assert "beyond the amount up to CNY 50,000.00" in beyond.en


def test_an_extension_moves_days_only() -> None:
    before = sample.a_letter()
    later = replace(before, version=2, claim_until=before.claim_until + timedelta(days=30))
    form = letter_extension(before, later, reason="r", **DATED)
    assert (form.letter.claim_until, form.claim_until) == (before.claim_until, later.claim_until)
    assert form.proof.content_hash == "ab" * 32
    with pytest.raises(AssertionError, match="nothing else"):
        letter_extension(before, replace(later, amount=Money(1, "CNY")), reason="r", **DATED)


def test_an_amendment_is_of_one_letter() -> None:
    before = sample.a_letter()
    after = replace(before, version=2, amount=Money(800_000_000, "CNY"))
    form = letter_amendment(before, after, reason="r", **DATED)
    assert (form.version, form.letter.version, form.amount) == (2, 1, after.amount)
    with pytest.raises(AssertionError, match="one letter"):
        letter_amendment(sample.a_single_letter(), after, reason="r", **DATED)


def test_what_is_hidden_behind_the_letter_is_amended_too() -> None:
    before = sample.a_letter()
    pledged = replace(before.security[0], haircut=Fraction(3, 5))
    (row,) = changed_terms(before, replace(before, version=2, security=(pledged,)))
    assert row.before != row.after


def test_a_release_leaves_what_was_not_paid() -> None:
    stated = {"grounds": Label("已履行", "met"), "reference": "", **DATED}
    form = letter_release(sample.a_letter(), paid=Money(100, "CNY"), **stated)
    assert form.outstanding == Money(5_000_000_00 - 100, "CNY")
    with pytest.raises(AssertionError, match="no more was paid"):
        letter_release(sample.a_letter(), paid=Money(10**12, "CNY"), **stated)


def a_demand() -> Demanded:
    by = Label("洋山海关", "Yangshan Customs")
    received, due = date(2027, 2, 20), date(2027, 3, 8)
    return Demanded("D-1", by, "2248", received, Money(500, "CNY"), due)


def test_a_refusal_has_every_finding_whatever_its_effect() -> None:
    found = [Finding(f"code-{effect}", effect, "en", "中", "c", "") for effect in Effect]
    form = letter_refusal(
        sample.a_letter(), a_demand(), found, refused_by=date(2027, 3, 2), **DATED
    )
    assert [one.code for one in form.discrepancies] == [one.code for one in found]
    assert form.papers.en == "Held at the presenter's disposal"


def test_a_payment_is_the_sum_of_its_lines() -> None:
    lines = [PaidLine(words.TAXES["duty"], "2248", Money(minor, "CNY")) for minor in (300, 200)]
    left = {"paid_before": Money(0, "CNY"), "left": Money(7, "CNY"), "account": "国库"}
    form = payment_advice(sample.a_letter(), a_demand(), lines, **left, **DATED)
    assert form.paid == Money(500, "CNY")
    assert form.blocks()


def test_a_revocation_is_about_the_version_that_is_void() -> None:
    stated = {"grounds": Label("错误", "error"), "consent": None}
    form = letter_revocation(sample.a_letter(version=4), **stated, **DATED)
    assert (form.letter.version, form.foot.version) == (4, 4)


def test_the_pledge_papers_know_the_rights_behind_the_letter() -> None:
    terms = sample.a_letter()
    dated = {"number": "P-1", "on": date(2026, 11, 20)}
    form = pledge_certificate(terms, arrears_checked_on=None, **dated)
    assert form.maximum == terms.amount
    assert terms.number in form.secured.zh
    free = pledge_release(
        terms, grounds=Label("解除", "released"), released={"ZL202110123456.7"}, **dated
    )
    assert (len(free.released), free.kept) == (1, ())
    for wrong in (set(), {"ZL0"}, {"ZL202110123456.7", "ZL0"}):
        with pytest.raises(Invalid, match="no right behind the letter"):
            pledge_release(terms, grounds=Label("解", "r"), released=wrong, **dated)


def test_usual_letters_have_two_pages() -> None:
    terms = sample.a_letter()
    wordy = replace(
        terms.debtor,
        zh="四川省示范精密光电仪器装备制造（集团）股份有限公司",
        en="Sichuan Shifan Precision Optoelectronic Instruments Equipment Manufacturing (Group)",
        address_zh="四川省成都市高新技术产业开发区天府大道中段1234号精密制造产业园第5幢3单元",
        address_en="Unit 3, Building 5, Precision Manufacturing Park, 1234 Tianfu Avenue, Chengdu",
    )
    for one in (
        terms,
        sample.a_single_letter(),
        replace(terms, debtor=wordy),
        replace(terms, nature="independent", rules="URDG"),
        replace(terms, amount=Money(99_999_999_999_999_99, "CNY")),
    ):
        assert render(customs_letter(one, **PROVEN)).pages == 2


def test_whether_it_is_a_demonstration_is_said_by_the_terms() -> None:
    for flag in (True, False):
        letter = customs_letter(sample.a_letter(demonstration=flag), **PROVEN)
        assert letter.foot.demonstration is flag
        assert render(letter).pages == 2
