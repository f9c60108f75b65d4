"""Pools behind the parties of claims: held before an act, moved by it."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from claims import store
from claims.facts import Case, frozen_scheme
from underwriting.means import Means, take_turns
from underwriting.standing import draw


def lock_pools(session: Session, rows: Sequence[store.Insured]) -> Means:
    """Queue for the pools of the schemes of some claims, then hold them, in one order.

    Each edition of a scheme counts for itself: its caps may be of other parties.
    """
    editions = {(policy.scheme_text, claim.currency) for claim, policy in rows}
    schemes = [(frozen_scheme(text).scheme, currency) for text, currency in editions]
    take_turns(session, *(scheme for scheme, _ in schemes))
    means = Means(session, lock=True)
    means.read(schemes)
    return means


def move_pools(
    session: Session, case: Case, drawn: Mapping[str, int], *, means: Means | None = None
) -> None:
    """Draw on the pool of each party, minor units; what is below nought goes back into it.

    Raises:
        Conflict: `pool-short`, a pool lacks what its party owes.
    """
    for party in sorted(drawn):  # one order of locking
        draw(session, case.scheme.scheme, party, drawn[party], case.claim.currency, means=means)
