"""What a settlement reads of its claim before it writes, once for all claims of an act."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from claims import store
from claims.calls.dossier import Dossier, dossiers
from claims.facts import Case
from claims.reserving.store import Stands, stands
from kernel.db import outbox, trail
from underwriting.means import Means


@dataclass(frozen=True, slots=True)
class Ahead:
    """What was read of one claim.

    Attributes:
        dossier: its calls and papers.
        reserves: that stand.
        recovered: was anything recovered on it?
        means: the pools and years of the parties, held.
    """

    dossier: Dossier
    reserves: Stands
    recovered: bool
    means: Means


def read_ahead(session: Session, cases: Sequence[Case], means: Means) -> dict[str, Ahead]:
    """Return claim -> what its settlement reads, where pages are gathered."""
    claims = [case.claim for case in cases]
    ids = [claim.id for claim in claims]
    trail.look_up(session, "claim", ids)
    outbox.look_up(session, "claim", ids)
    files, reserves = dossiers(session, ids), stands(session, claims)
    recovered = store.recovered(session, ids)
    return {id_: Ahead(files[id_], reserves[id_], id_ in recovered, means) for id_ in ids}
