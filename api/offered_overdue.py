"""Acts that are open on an overdue loan before it is a claim."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from api.offered import offer
from api.offered_children import goes
from api.schemas.claim_answers import Action
from claims.end_overdue import check_ends
from claims.overdue.store import DunningRow, OverdueRow
from claims.read_transcript import check_wanted
from claims.rules.overdue import OPEN, Step, stands


def offered_overdue(
    row: OverdueRow, letters: Sequence[DunningRow], transcript_id: str | None, on: date
) -> tuple[Action, ...]:
    """Return every act on an overdue loan that its state allows on a day."""
    place = f"/v1/overdues/{row.id}"
    found = _open(row, letters, transcript_id, on)
    return tuple(offer(operation, f"{place}/{path}") for operation, path in found)


def _open(
    row: OverdueRow, letters: Sequence[DunningRow], transcript_id: str | None, on: date
) -> Iterator[tuple[str, str]]:
    for one in letters:
        if one.served_on is None:
            yield "serve_dunning", f"dunning/{one.sequence}/service"
    open_ = stands(row.state, row.claim_by, on) in OPEN
    if open_ and len(letters) < len(Step):
        yield "dun_overdue", "dunning"
    if goes(partial(check_wanted, row, on)):
        yield "send_transcript", "transcript"
    if goes(partial(check_ends, row)):
        yield "cure_overdue", "cure"
        yield "extend_overdue", "extension"
    if open_ and transcript_id is not None:
        yield "claim_overdue", "claim"
