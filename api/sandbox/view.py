"""A sandbox as it is answered."""

from datetime import datetime, timedelta

from sqlmodel import Session

from api.sandbox import store
from api.schemas.sandbox import (
    SHOWN,
    AdvanceAnswer,
    HappeningAnswer,
    HappeningsAnswer,
    TestClockAnswer,
)
from kernel.clock import business_date


def clock_answer(session: Session, base: datetime) -> TestClockAnswer:
    """Return where the clock stands, by an unshifted instant."""
    row = store.mark_of(session)
    assert row is not None, "a sandbox is marked"
    return TestClockAnswer(
        today=business_date(base + timedelta(days=row.days)),
        offset_days=row.days,
        marked_since=row.created_at,
    )


def advance_answer(
    session: Session, advance_id: str, base: datetime, *, client_id: str | None
) -> AdvanceAnswer:
    """Return what an advance came to, with its first happenings."""
    row = session.get(store.SandboxAdvanceRow, advance_id)
    assert row is not None, "it was made"
    now = clock_answer(session, base)
    return AdvanceAnswer(
        from_day=row.from_on,
        until=row.until,
        today=now.today,
        offset_days=now.offset_days,
        state=row.state,
        happenings=happenings_answer(
            session, advance_id=row.id, client_id=client_id, after=0, limit=SHOWN
        ),
    )


def happenings_answer(
    session: Session, *, advance_id: str | None, client_id: str | None, after: int, limit: int
) -> HappeningsAnswer:
    """Return a page of what happened."""
    rows = store.happenings(
        session, advance_id=advance_id, client_id=client_id, after=after, limit=limit + 1
    )
    shown = rows[:limit]
    return HappeningsAnswer(
        items=tuple(_line(row) for row in shown),
        next=shown[-1].sequence if len(rows) > limit else None,
    )


def _line(row: store.SandboxHappeningRow) -> HappeningAnswer:
    return HappeningAnswer(
        sequence=row.sequence, day=row.happened_on, code=row.code, words=row.en,
        words_zh=row.zh, whose_turn=row.whose, path=row.path,
    )  # fmt: skip
