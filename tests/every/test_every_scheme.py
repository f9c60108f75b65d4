"""What holds of every scheme file that is shipped."""

import re
from fractions import Fraction
from importlib.resources import files
from pathlib import Path

import pytest

from kernel.money import minor_digits, parse_minor
from kernel.sharing import (
    UNCOVERED,
    Facts,
    Loss,
    Portfolio,
    Recovery,
    Role,
    Scheme,
    Split,
    Standing,
    StepKind,
    give_back,
    split,
    words_en,
    words_zh,
)
from underwriting.schemes import load_schemes

SCHEMES = load_schemes()
SOURCES = (Path(__file__).parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")
SENTENCE_WORDS = 4
EVERY = pytest.mark.parametrize("code", sorted(SCHEMES))
OWN = "own-account"
LOANS = (100, 10_000_01, 300_000_000, 1_000_000_000)


def test_every_file_is_read_and_named_after_its_code() -> None:
    names = {entry.name for entry in files("underwriting.schemes").iterdir()}
    assert {name for name in names if name.endswith(".toml")} == {
        f"{code}.toml" for code in SCHEMES
    }
    assert len(SCHEMES) >= 20


@EVERY
def test_it_says_where_it_comes_from(code: str) -> None:
    scheme = SCHEMES[code].scheme
    anchors = re.findall(r"#([a-z][a-z0-9]*)", scheme.source)
    assert "docs/sources.md" in scheme.source
    assert anchors
    for anchor in anchors:
        assert _has_anchor(anchor), f"{anchor} does not stand in docs/sources.md"


def _has_anchor(anchor: str) -> bool:
    """Whether a reader who follows the link arrives: an explicit anchor or a heading."""
    explicit = rf'<a (id|name)="{anchor}"'
    heading = rf"^#+ \[?{anchor}\]?\s*$"
    flags = re.IGNORECASE | re.MULTILINE
    return bool(re.search(explicit, SOURCES) or re.search(heading, SOURCES, flags))


@EVERY
def test_it_has_a_title_and_its_dates_in_order(code: str) -> None:
    scheme = SCHEMES[code].scheme
    assert scheme.title.strip() == scheme.title != scheme.code
    assert scheme.valid_to is None or scheme.valid_from <= scheme.valid_to


@EVERY
def test_every_doubt_is_a_reason_in_words(code: str) -> None:
    for term, reason in SCHEMES[code].scheme.unverified.items():
        assert len(reason.split()) >= SENTENCE_WORDS, f"{term}: {reason!r} is no reason"
        assert reason == reason.strip(), term


@EVERY
def test_no_doubt_is_about_a_term_that_the_file_leaves_out(code: str) -> None:
    """But of a term whose absence is itself the doubt, such as a cap that is not stated."""
    scheme = SCHEMES[code].scheme
    if "valid_to" in scheme.unverified:
        assert scheme.valid_to
    if "brackets" in scheme.unverified:
        assert scheme.brackets
    if "fuses" in scheme.unverified:
        assert scheme.fuses


@EVERY
def test_somebody_bears_and_a_bank_or_insured_is_among_them(code: str) -> None:
    roles = set(SCHEMES[code].scheme.roles.values())
    if code == OWN:
        assert roles == {Role.INSURER}  # what the insured keeps is in the terms of the cover
    else:
        assert roles & {Role.BANK, Role.INSURED}
        assert len(SCHEMES[code].scheme.parties) >= 2


def _loans(scheme: Scheme) -> list[tuple[int, str | None]]:
    """Loans that the scheme takes: by each tier, at each bracket's end, and of usual sizes."""
    if not scheme.brackets:
        return [(loan, None) for loan in LOANS]
    ends = [(b.upto_amount, b.tier) for b in scheme.brackets if b.upto_amount]
    currency = scheme.currency or "CNY"
    at_end = [(parse_minor(amount, currency), tier) for amount, tier in ends]
    return (
        at_end
        + [(loan // 2 + 1, tier) for loan, tier in at_end]
        + [(LOANS[0], bracket.tier) for bracket in scheme.brackets]
    )


def _facts(scheme: Scheme, loan: int, tier: str | None, *, blown: bool, spent: bool) -> Facts:
    """All the facts that any scheme asks; `spent` leaves pools and years nearly used up."""
    left = loan // 7 if spent else loan * 10
    return Facts(
        loan_minor=loan,
        ip_share=Fraction(2, 3),
        tier=tier,
        balances=dict.fromkeys(scheme.parties, left),
        paid_this_year=dict.fromkeys(scheme.parties, 10**13 if spent else 0),
        portfolio=Portfolio(loan * 20, loan * 2 - loan // 9 if spent else 0),
        ratios={fuse.measure: fuse.above + blown for fuse in scheme.fuses},
    )


def _splits(scheme: Scheme) -> list[Split]:
    currency = scheme.currency or "CNY"
    return [
        split(
            scheme,
            Loss(loan * part // 3, loan // 20, loan // 31, currency),
            _facts(scheme, loan, tier, blown=blown, spent=spent),
        )
        for loan, tier in _loans(scheme)
        for part in (0, 1, 3)
        for blown in (False, True)
        for spent in (False, True)
    ]


@EVERY
def test_losses_of_every_size_add_up(code: str) -> None:
    scheme = SCHEMES[code].scheme
    for shared in _splits(scheme):
        paid = [part.paid for part in shared.parts]
        assert sum(paid) + shared.uncovered == shared.eligible
        assert min(*paid, shared.uncovered, shared.ineligible) >= 0
        assert {part.party for part in shared.parts} == set(scheme.parties)


@EVERY
def test_every_term_of_the_file_does_something(code: str) -> None:
    """A cap, fuse, bracket or second layer that no ordinary loss reaches is badly written."""
    scheme = SCHEMES[code].scheme
    steps = [step for shared in _splits(scheme) for step in shared.steps if step.minor]
    expected = {
        StepKind.BRACKET: scheme.brackets,
        StepKind.FUSE: [fuse for fuse in scheme.fuses if fuse.effect.value == "suspend_claims"],
        StepKind.CAP: [cap for cap in scheme.caps if cap.per.value != "loan"],
    }
    for kind, terms in expected.items():
        assert not terms or any(step.kind is kind for step in steps), kind
    filled = {step.term for step in steps if step.kind is StepKind.LAYER}
    assert len(filled) == len(scheme.layers)


@EVERY
def test_every_step_reads_in_both_languages(code: str) -> None:
    digits = minor_digits(SCHEMES[code].scheme.currency or "CNY")
    assert digits == 2
    for shared in _splits(SCHEMES[code].scheme):
        for step in shared.steps:
            for words in (words_en(step), words_zh(step)):
                assert words
                assert "{" not in words
                assert "None" not in words


@EVERY
def test_a_whole_recovery_makes_everybody_whole(code: str) -> None:
    """The parties who paid, and the creditor for what nobody paid it; the rest is surplus."""
    scheme = SCHEMES[code].scheme
    for shared in _splits(scheme):
        recovery = Recovery(shared.eligible + 10, 3)
        got = give_back(scheme.recovery, Standing(shared.borne), recovery)
        paid = {part.party: part.paid for part in shared.parts} | {UNCOVERED: shared.uncovered}
        assert {name: part for name, part in got.parts.items() if part} == {
            name: part for name, part in paid.items() if part
        }
        assert got.surplus == 7
