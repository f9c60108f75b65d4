"""Under what a pledged loan accumulates: its obligor and group, its rights and what they share."""

from collections.abc import Iterator, Sequence

from underwriting.pledge.forms import Borrower, PledgedRight
from underwriting.portfolio.keys import Dimension, Key


def keys_of(borrower: Borrower, rights: Sequence[PledgedRight]) -> tuple[Key, ...]:
    """Return every key, each once, in the order of the proposal."""
    return tuple(dict.fromkeys((*_borrower(borrower), *(k for r in rights for k in _right(r)))))


def _borrower(borrower: Borrower) -> Iterator[Key]:
    yield Key(Dimension.OBLIGOR, borrower.register_id)
    yield Key(Dimension.GROUP, borrower.group or borrower.register_id)


def _right(right: PledgedRight) -> Iterator[Key]:
    yield Key(Dimension.RIGHT_HOLDER, right.owner)
    yield Key(Dimension.FAMILY, right.family or right.number)
    for dimension, name in (
        (Dimension.TECHNOLOGY, right.technology),
        (Dimension.STANDARD, right.standard),
    ):
        if name is not None:
            yield Key(dimension, name)
