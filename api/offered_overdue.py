"""Acts that are open on an overdue loan before it is a claim."""

from collections.abc import Iterator, Sequence
from datetime import date

from api.policy import ALLOWED
from api.schemas.claim_answers import Action
from claims.overdue.store import DunningRow, OverdueRow
from claims.rules.overdue import OPEN, Step, stands


def offered_overdue(
    row: OverdueRow, letters: Sequence[DunningRow], transcript_id: str | None, on: date
) -> tuple[Action, ...]:
    """Return every act on an overdue loan that its state allows on a day."""
    place = f"/v1/overdues/{row.id}"
    return tuple(
        Action(
            operation=operation,
            path=f"{place}/{path}",
            roles=tuple(sorted(ALLOWED[operation])),
            allowed=True,
            blocked_by=(),
        )
        for operation, path in _open(row, letters, transcript_id, on)
    )


def _open(
    row: OverdueRow, letters: Sequence[DunningRow], transcript_id: str | None, on: date
) -> Iterator[tuple[str, str]]:
    for one in letters:
        if one.served_on is None:
            yield "serve_dunning", f"dunning/{one.sequence}/service"
    if stands(row.state, row.claim_by, on) not in OPEN:
        return
    if len(letters) < len(Step):
        yield "dun_overdue", "dunning"
    yield "send_transcript", "transcript"
    yield "cure_overdue", "cure"
    yield "extend_overdue", "extension"
    if transcript_id is not None:
        yield "claim_overdue", "claim"
