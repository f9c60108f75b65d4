"""Letters drawn at random: every text, date, amount, list and code that a letter may hold."""

from datetime import date

from hypothesis import strategies as st

from kernel.money import Money
from underwriting.letters.terms import (
    Declaration,
    DemandPaper,
    Demands,
    District,
    Guarantor,
    LetterTerms,
    Party,
    Surcharge,
)

X = "abcXYZ019/-?:().,'+"
Z = X + '=!"%&*<>;@#'
HAN = "成都海关保函担保人债务镕喆堃，。（）"


def words(alphabet: str, most: int) -> st.SearchStrategy[str]:
    """Texts of single blanks, some with words longer than any line."""
    word = st.one_of(
        st.text(alphabet, min_size=1, max_size=9), st.text(alphabet, min_size=1, max_size=90)
    )
    lists = st.lists(word, min_size=1, max_size=max(1, most // 10))
    return lists.map(" ".join).map(lambda text: text[:most].rstrip())


def han(most: int) -> st.SearchStrategy[str]:
    return words(HAN + "ab12", most)


CURRENCIES = st.sampled_from(["CNY", "USD", "JPY"])
DAYS = st.dates(date(1980, 1, 1), date(2079, 12, 31))
SMALL = st.integers(0, 999)
BICS = st.sampled_from([None, "ZHBACNBC", "ZHBACNBCSCU"])


def money(currency: str | None = None) -> st.SearchStrategy[Money]:
    kinds = CURRENCIES if currency is None else st.just(currency)
    return st.builds(Money, st.integers(1, 10**13), kinds)


PARTIES = st.builds(
    Party,
    zh=han(140),
    en=words(X, 66),
    register_id=st.text("ABC0189", min_size=18, max_size=18),
    address_zh=han(200),
    address_en=words(X, 120),
    customs_code=st.none() | st.text("0123456789", min_size=10, max_size=10),
    lei=st.none() | st.text("ABC0189", min_size=20, max_size=20),
    bic=BICS,
)
DISTRICTS = st.builds(
    District,
    code=st.text("0123456789", min_size=4, max_size=4),
    zh=han(100),
    en=words(X, 66),
    role=st.sampled_from(["registering", "declaring", "both"]),
)
DEMANDS = st.builds(
    Demands,
    papers=st.lists(st.builds(DemandPaper, zh=han(80), en=words(Z, 200)), max_size=4).map(tuple),
    days=SMALL,
    day_kind=st.sampled_from(["working", "calendar"]),
    examination_days=SMALL,
    place_zh=han(80),
    place_en=words(Z, 120),
    medium=st.sampled_from(["paper", "electronic", "both"]),
    partial=st.booleans(),
    multiple=st.booleans(),
)
PURPOSES = ("aggregated_collection", "payment_term", "taxation_elements")
TAXES = ("duty", "import_vat", "consumption_tax", "anti_dumping", "countervailing", "surcharge")


def some_of(codes: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(codes), unique=True).map(tuple)


LETTERS = st.builds(
    LetterTerms,
    number=st.text("ABC0189", min_size=1, max_size=16),
    version=st.integers(1, 99),
    policy_number=words(X, 30),
    regime=st.sampled_from(["CN", "US", "EU"]),
    kind=st.sampled_from(["letter", "policy"]),
    nature=st.sampled_from(["joint_and_several", "independent"]),
    rules=st.sampled_from(["NONE", "URDG", "ISPR", "OTHR"]),
    mode=st.sampled_from(["single", "revolving"]),
    purposes=some_of(PURPOSES),
    beneficiaries=st.lists(DISTRICTS, min_size=1, max_size=4).map(tuple),
    debtor=PARTIES,
    guarantor=st.builds(
        Guarantor,
        party=PARTIES,
        branch_zh=han(60),
        branch_en=words(X, 60),
        licence=words(X, 30),
        contact=words(Z, 60),
    ),
    obligation_zh=han(200),
    obligation_en=words(Z, 400),
    taxes=some_of(TAXES),
    amount=money(),
    restored=st.booleans(),
    surcharge=st.builds(
        Surcharge,
        rate_per_day=st.fractions(0, 1, max_denominator=10_000),
        limit=st.none() | money(),
        source=words(X, 30),
    ),
    issued_on=DAYS,
    place_zh=han(35),
    place_en=words(Z, 60),
    usable_from=DAYS,
    usable_until=DAYS,
    claim_until=DAYS,
    effective_on=st.sampled_from(["customs_acceptance", "issue"]),
    demands=DEMANDS,
    transferable=st.booleans(),
    law_zh=han(60),
    law_en=words(X, 100),
    court_zh=han(60),
    court_en=words(Z, 100),
    charges=st.sampled_from(["debtor", "guarantor"]),
    declarations=st.lists(
        st.builds(Declaration, number=words("0123456789", 18), on=DAYS, tax=money()), max_size=4
    ).map(tuple),
    security=st.just(()),
    prevailing=st.sampled_from(["zh", "en"]),
    demonstration=st.booleans(),
)
