"""What `zhibao claim settle` does: heaps of claims, each in one transaction."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sqlmodel import Session

from api.cli.desk_work import Counter, open_counter
from api.cli.who import Who
from api.schemas.settlements import settlement_summary
from claims import store
from claims.facts import payable
from claims.settle_many import settle_many
from kernel.desk import Desk
from kernel.errors import Refusal, invalid
from kernel.settings import Settings

Tell = Callable[[str, int, int], None]
"""Told what is done, how many are, and of how many."""

HEAP: Final = 50
"""Claims of one transaction: enough to share its cost, few enough to let others in between."""


@dataclass(slots=True)
class Done:
    """What came of it.

    Attributes:
        settled: as the API answers, in the order in which they were settled.
        refused: why the others were not; each names its claim.
    """

    settled: list[dict[str, Any]] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


def run_settle(
    names: Sequence[str], settings: Settings, who: Who, tell: Tell, *, due: bool
) -> Done:
    """Settle claims by id or number, or all that are due.

    Where a heap is refused, each of its claims is settled alone.

    Raises:
        Invalid: neither claims nor `due` are given, or both.
        NotFound: a name is no claim's; nothing is settled then.
    """
    if bool(names) == due:
        raise invalid("CLAIM", "none is named" if not due else "is named beside --due",
                      "name claims, or say --due")  # fmt: skip
    counter, done = open_counter(settings, who), Done()
    ids = counter.see(lambda session, desk: _ids(session, names, desk))
    tell("claims", 0, len(ids))
    for heap in _heaps(ids):
        _settle(counter, heap, done)
        tell("claims", len(done.settled) + len(done.refused), len(ids))
    return done


def _ids(session: Session, names: Sequence[str], desk: Desk) -> tuple[str, ...]:
    """Return the ids of the claims that are named, each once; of all that are due without names."""
    if not names:
        return payable(session, desk.on)
    return tuple(dict.fromkeys(store.claim_named(session, name).id for name in names))


def _heaps(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[first : first + HEAP] for first in range(0, len(ids), HEAP))


def _settle(counter: Counter, heap: Sequence[str], done: Done) -> None:
    """Settle a heap; where it is refused, settle each claim of it alone."""

    def act(session: Session, desk: Desk) -> list[dict[str, Any]]:
        rows = settle_many(session, heap, desk=desk)
        return [settlement_summary(row).model_dump(mode="json") for row in rows]

    try:
        done.settled += counter.do(act)
    except Refusal as refused:
        if len(heap) == 1:
            done.refused.append(_of(heap[0], refused))
            return
        for id_ in heap:
            _settle(counter, (id_,), done)


def _of(id_: str, refused: Refusal) -> Refusal:
    """Say which claim a refusal is about."""
    faults = (replace(fault, field=f"{id_}.{fault.field}") for fault in refused.faults)
    return type(refused)(refused.code, *faults)
