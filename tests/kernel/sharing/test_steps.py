"""What was done is kept step by step, and put into words in both languages."""

import tomllib
from fractions import Fraction

import pytest

from kernel.sharing import Facts, Loss, Split, Step, StepKind, split, words_en, words_zh
from underwriting.schemes import load_schemes

ZHONGSHAN = load_schemes()["zhongshan-2021"]


@pytest.fixture
def zhongshan() -> Split:
    """A loss of three million with one million left in the pool."""
    facts = Facts(loan_minor=300_000_000, ip_share=Fraction(1), balances={"fund": 100_000_000})
    return split(ZHONGSHAN.scheme, Loss(300_000_000, 5, 6, "CNY"), facts)


def test_the_steps_stand_in_the_order_in_which_they_were_taken(zhongshan: Split) -> None:
    assert [(step.kind.value, step.minor, step.party) for step in zhongshan.steps] == [
        ("eligible", 300_000_000, ""),
        ("layer", 300_000_000, ""),
        ("cap", 62_000_000, "fund"),
        ("uncovered", 62_000_000, ""),
    ]


def test_a_part_carries_the_steps_that_changed_it(zhongshan: Split) -> None:
    fund, bank, *_ = zhongshan.parts
    assert (fund.party, fund.due, fund.paid) == ("fund", 162_000_000, 100_000_000)
    assert [step.kind for step in fund.steps] == [StepKind.CAP]
    assert (bank.due, bank.paid, bank.steps) == (78_000_000, 78_000_000, ())


def test_the_steps_read_as_sentences(zhongshan: Split) -> None:
    assert [words_en(step) for step in zhongshan.steps] == [
        "eligible loss CNY 3,000,000.00: principal x IP share 1",
        "layer 1 takes CNY 3,000,000.00",
        "cap on fund (pool balance) cuts CNY 620,000.00",
        "CNY 620,000.00 that cap on fund left stays uncovered",
    ]
    assert words_zh(zhongshan.steps[2]) == "fund 的上限（资金池余额）削减 CNY 620,000.00"


@pytest.mark.parametrize(
    ("kind", "term", "zh", "en"),
    [
        (StepKind.ELIGIBLE, "principal_interest_costs", "本金、利息及费用",
         "principal, interest and costs"),
        (StepKind.ELIGIBLE, "principal x IP share 1/2", "本金 × 知识产权份额 1/2",
         "principal x IP share 1/2"),
        (StepKind.UNCOVERED, "cap on fund", "fund 的上限", "cap on fund"),
        (StepKind.UNCOVERED, "fuse on insurer_b", "insurer_b 的熔断", "fuse on insurer_b"),
        (StepKind.UNCOVERED, "the last layer", "最后一层", "the last layer"),
        (StepKind.CAP, "1000000.00 per loan", "每笔贷款 1000000.00", "1000000.00 per loan"),
        (StepKind.CAP, "1000000.00 per year", "每年 1000000.00", "1000000.00 per year"),
        (StepKind.CAP, "1/20 of the portfolio", "组合的 1/20", "1/20 of the portfolio"),
        (StepKind.TAKES, "default of bank", "bank 的违约", "default of bank"),
        (StepKind.BRACKET, "loans up to 5000000.00, tier A", "不超过 5000000.00 的贷款，A 档",
         "loans up to 5000000.00, tier A"),
    ],
)  # fmt: skip
def test_a_term_is_said_in_its_own_language(kind: StepKind, term: str, zh: str, en: str) -> None:
    step = Step(kind, 100, "CNY", "fund", term)
    assert zh in words_zh(step)
    assert en in words_en(step)
    assert term not in words_zh(step)


@pytest.mark.parametrize("kind", list(StepKind))
def test_every_kind_of_step_has_words_in_both_languages(kind: StepKind) -> None:
    step = Step(kind, 62_000_001, "CNY", "fund", "term {of} the scheme")
    for words in (words_en(step), words_zh(step)):
        said = kind is StepKind.DEFAULT or "{of}" in words
        assert said, "a term is never read as a pattern; a default is noted with none"
        assert words.strip() == words
    assert words_en(step) != words_zh(step)


def test_the_parts_stand_in_the_order_of_the_scheme(zhongshan: Split) -> None:
    written = tomllib.loads(ZHONGSHAN.text)["layers"][0]["shares"]
    assert [part.party for part in zhongshan.parts] == list(written)


def test_a_party_that_the_scheme_does_not_name_pays_nothing(zhongshan: Split) -> None:
    assert zhongshan.paid_by("reinsurer") == 0
    assert zhongshan.paid_by("insurer") == 48_000_000
