"""Grounds hold against hostile words, and each one that stands in the source is shown to bite."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from letter_breaches import EVIDENCE, KNOWN, SINGLES, TERMS
from letters_sample import DEBTOR, DECLARING, GUARANTOR, a_letter

from kernel.finding import Effect
from underwriting.letters import grounds
from underwriting.letters.refusals import refusals

ELSEWHERE = {
    "highest-tax-currency", "issuer-not-financial", "kind-not-taken", "no-beneficiary",
    "not-independent", "below-required-amount", "required-amount-unknown",
}  # fmt: skip
"""Shown by tests of their own in `test_letter_refusals`."""

HOSTILE = st.text(max_size=60) | st.sampled_from(
    [
        "\u202egnp.exe",
        "<b>x</b>" * 40,
        "A" * 3000,
        "\x00",
        "𠮷",
        "ＡＢＣ",
        "１２３",
        "\ud800",
        "ⅷ" * 18,
    ]
)


def written_codes() -> set[str]:
    folder = Path(grounds.__file__).parent
    text = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    plain = re.findall(r'ground\(\s*"([a-z-]+)"', text)
    either = re.findall(r'ground\(\s*"([a-z-]+)" if long else "([a-z-]+)"', text)
    made = {f"{role}-district-missing" for role in ("registering", "declaring")}
    made |= {"no-taxes", "no-purposes", "taxes-twice", "purposes-twice"}
    return {*plain, *made, *(code for pair in either for code in pair)}


def test_every_ground_is_shown_to_bite() -> None:
    shown = {code for table in (TERMS, SINGLES, KNOWN) for code, _ in table}
    assert shown | ELSEWHERE == written_codes()


@given(
    words=st.lists(HOSTILE, min_size=9, max_size=9), sizes=st.tuples(st.integers(), st.integers())
)
def test_hostile_words_are_refused_and_break_nothing(
    words: list[str], sizes: tuple[int, int]
) -> None:
    number, register, lei, bic, customs, code, english, address, law = words
    terms = a_letter(
        number=number,
        debtor=replace(
            DEBTOR, register_id=register, lei=lei, bic=bic, customs_code=customs, en=english
        ),
        guarantor=replace(
            GUARANTOR, party=replace(GUARANTOR.party, address_en=address, register_id=register)
        ),
        beneficiaries=(replace(DECLARING, code=code),),
        law_en=law,
        demands=replace(a_letter().demands, days=sizes[0], examination_days=sizes[1]),
    )
    found = refusals(terms, EVIDENCE)
    codes = [one.code for one in found]
    assert {"party-number", "guarantor-is-debtor", "registering-district-missing"} <= {*codes}
    assert all(one.effect is Effect.DECLINE and one.cure for one in found)
    assert ("demand-days" in codes) == (not 0 < sizes[1] <= sizes[0])


@given(st.sampled_from(["number", "law_en", "court_en", "place_en", "obligation_en"]), HOSTILE)
def test_only_carried_characters_pass(field: str, words: str) -> None:
    """What passes is plain: nothing hidden, no look-alike."""
    changed: dict[str, Any] = {field: words}
    if not refusals(a_letter(**changed), EVIDENCE):
        assert words.isascii()
        assert words.isprintable()
        assert words.strip()
