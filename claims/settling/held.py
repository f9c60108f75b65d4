"""Claims that are settled together, held and read at once: pools, then policies, then claims."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from claims import store
from claims.facts import Case, cases_on
from claims.pooled import lock_pools
from claims.settling.ahead import Ahead, read_ahead


def held(session: Session, claim_ids: Sequence[str]) -> Iterator[tuple[Case, Ahead]]:
    """Yield claims, each once those before it on its policy are settled.

    Claims of one policy share its sum insured and its aggregates, so they are read in rounds, one
    of a policy in each; within a round the order given stands.

    Raises:
        NotFound: one of them is not there.
    """
    rows = store.policies_of(session, claim_ids)
    means = lock_pools(session, rows)
    store.hold(session, rows)
    for some in _rounds(rows):
        cases = cases_on(session, some)
        ahead = read_ahead(session, cases, means)
        yield from ((case, ahead[case.claim.id]) for case in cases)


def _rounds(rows: Sequence[store.Insured]) -> Iterator[list[store.Insured]]:
    """Deal claims into rounds: the first of each policy, then the second of each, and so on."""
    left = list(rows)
    while left:
        first = {policy.id: claim.id for claim, policy in reversed(left)}
        yield [row for row in left if first[row[1].id] == row[0].id]
        left = [row for row in left if first[row[1].id] != row[0].id]
