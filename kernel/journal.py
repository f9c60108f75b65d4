"""Pure double entry: an entry is a set of postings that add up to nothing in each currency.

Debits are positive, credits negative. A correction is a reversal and a new entry; nothing
that was posted is ever edited. Accounts are words joined by colons, the party last:
`share_receivable:fund`.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Posting:
    """One side of an entry.

    Attributes:
        account: colon-joined name, the party last.
        currency: ISO 4217 code.
        minor: whole minor units; above zero debits the account, below zero credits it.
    """

    account: str
    currency: str
    minor: int


@dataclass(frozen=True, slots=True)
class Entry:
    """Postings of one act, balanced in every currency.

    Attributes:
        memo: what happened, in words of the trade.
        on: business date (Asia/Shanghai).
        postings: at least two, none of them zero.
    """

    memo: str
    on: date
    postings: tuple[Posting, ...]

    def __post_init__(self) -> None:
        assert self.postings, "an entry moves something"
        assert all(posting.minor for posting in self.postings), "no posting is zero"
        assert not any(_sums(self.postings).values()), "debits equal credits"


def entry(memo: str, on: date, currency: str, moves: Iterable[tuple[str, int]]) -> Entry | None:
    """Build an entry from (account, minor) pairs, leaving out what is zero.

    Returns None where nothing moves, so that a nil premium posts nothing.

    >>> entry("premium", date(2026, 3, 2), "CNY", [("cash", 5), ("premium", -5)]).postings[1].minor
    -5
    """
    postings = tuple(Posting(account, currency, minor) for account, minor in moves if minor)
    return Entry(memo, on, postings) if postings else None


def reverse(posted: Entry, on: date) -> Entry:
    """Undo `posted` by an entry with every sign turned.

    >>> original = Entry("x", date(2026, 3, 2), (Posting("a", "CNY", 5), Posting("b", "CNY", -5)))
    >>> [posting.minor for posting in reverse(original, date(2026, 3, 3)).postings]
    [-5, 5]
    """
    turned = tuple(Posting(p.account, p.currency, -p.minor) for p in posted.postings)
    return Entry(f"reversal of: {posted.memo}", on, turned)


def _sums(postings: Iterable[Posting]) -> dict[str, int]:
    sums: defaultdict[str, int] = defaultdict(int)
    for posting in postings:
        sums[posting.currency] += posting.minor
    return sums
