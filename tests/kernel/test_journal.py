from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.journal import Entry, Posting, entry, reverse

DAY = date(2026, 3, 2)
LATER = date(2026, 3, 3)
MOVES = st.lists(st.integers(-(10**15), 10**15), min_size=1, max_size=8)


def _balanced(amounts: list[int]) -> list[tuple[str, int]]:
    moves = [(f"account:{number}", minor) for number, minor in enumerate(amounts)]
    return [*moves, ("cash", -sum(amounts))]


@given(MOVES)
def test_an_entry_adds_up_to_nothing_and_has_no_empty_posting(amounts: list[int]) -> None:
    made = entry("premium", DAY, "CNY", _balanced(amounts))
    if made is None:
        assert not any(amounts)
        return
    assert sum(posting.minor for posting in made.postings) == 0
    assert all(posting.minor for posting in made.postings)


@given(MOVES.filter(any))
def test_a_reversal_undoes_every_posting(amounts: list[int]) -> None:
    made = entry("premium", DAY, "CNY", _balanced(amounts))
    assert made is not None
    undone = reverse(made, LATER)
    assert (undone.on, undone.memo) == (LATER, "reversal of: premium")
    for posting, turned in zip(made.postings, undone.postings, strict=True):
        assert (posting.account, posting.currency) == (turned.account, turned.currency)
        assert posting.minor + turned.minor == 0


def test_nothing_that_moves_is_no_entry() -> None:
    assert entry("nil premium", DAY, "CNY", [("cash", 0), ("premium", 0)]) is None
    assert entry("nil premium", DAY, "CNY", []) is None


def test_debits_that_are_not_credits_are_stopped() -> None:
    with pytest.raises(AssertionError, match="debits equal credits"):
        entry("premium", DAY, "CNY", [("cash", 5), ("premium", -4)])


def test_each_currency_is_balanced_for_itself() -> None:
    with pytest.raises(AssertionError, match="debits equal credits"):
        Entry("swap", DAY, (Posting("cash", "CNY", 5), Posting("cash", "EUR", -5)))
    postings = tuple(
        Posting(account, currency, minor)
        for currency in ("CNY", "EUR")
        for account, minor in (("cash", 5), ("premium", -5))
    )
    assert Entry("two", DAY, postings).postings == postings


def test_a_posting_of_zero_is_stopped() -> None:
    with pytest.raises(AssertionError, match="no posting is zero"):
        Entry("x", DAY, (Posting("a", "CNY", 0), Posting("b", "CNY", 0)))


def test_an_entry_without_postings_is_stopped() -> None:
    with pytest.raises(AssertionError, match="an entry moves something"):
        Entry("x", DAY, ())
