"""What calls on parties are made from, read once for all claims of an act."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from claims.calls import store
from claims.calls.tables import CallRow


@dataclass(frozen=True, slots=True)
class Dossier:
    """The calls and papers of one claim.

    Attributes:
        calls: every call so far, in the order in which they were raised; a new one is added.
        papers: kind and number of each paper that the house issued before, oldest first.
    """

    calls: list[CallRow]
    papers: tuple[tuple[str, str], ...]


def dossiers(session: Session, claim_ids: Sequence[str]) -> dict[str, Dossier]:
    """Return claim -> its dossier."""
    calls: dict[str, list[CallRow]] = {id_: [] for id_ in claim_ids}
    for row in store.of_claims(session, claim_ids):
        calls[row.claim_id].append(row)
    papers: dict[str, list[tuple[str, str]]] = {id_: [] for id_ in claim_ids}
    for id_, kind, number in store.papers_on_each(session, claim_ids):
        papers[id_].append((kind, number))
    return {id_: Dossier(calls[id_], tuple(papers[id_])) for id_ in claim_ids}


def dossier_of(session: Session, claim_id: str) -> Dossier:
    """Return the dossier of one claim."""
    return dossiers(session, [claim_id])[claim_id]
