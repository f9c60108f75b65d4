"""A sandbox as it is answered."""

from datetime import datetime, timedelta

from sqlmodel import Session

from api.sandbox import store
from api.sandbox.assumed import assumption
from api.schemas.sandbox import (
    SHOWN,
    AdvanceAnswer,
    HappeningAnswer,
    HappeningsAnswer,
    TestClockAnswer,
)
from kernel.clock import business_date
from kernel.working_days import Calendar


def clock_answer(session: Session, base: datetime, calendar: Calendar) -> TestClockAnswer:
    """Return where the clock stands, by an unshifted instant."""
    row = store.mark_of(session)
    assert row is not None, "a sandbox is marked"
    today = business_date(base + timedelta(days=row.days))
    en, zh = assumption(calendar, today) or (None, None)
    return TestClockAnswer(
        today=today,
        offset_days=row.days,
        marked_since=row.created_at,
        assumed=en,
        assumed_zh=zh,
    )


def advance_answer(
    session: Session,
    advance_id: str,
    base: datetime,
    calendar: Calendar,
    *,
    client_id: str | None,
) -> AdvanceAnswer:
    """Return what an advance came to, with its first happenings."""
    row = session.get(store.SandboxAdvanceRow, advance_id)
    assert row is not None, "it was made"
    now = clock_answer(session, base, calendar)
    return AdvanceAnswer(
        from_day=row.from_on,
        until=row.until,
        today=now.today,
        offset_days=now.offset_days,
        state=row.state,
        assumed=now.assumed,
        assumed_zh=now.assumed_zh,
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
        items=tuple(_line(row, client_id) for row in shown),
        next=shown[-1].sequence if len(rows) > limit else None,
    )


def _line(row: store.SandboxHappeningRow, client_id: str | None) -> HappeningAnswer:
    if client_id not in (None, row.client_id):
        return _stopped(row)
    return HappeningAnswer(
        sequence=row.sequence, day=row.happened_on, code=row.code, words=row.en,
        words_zh=row.zh, whose_turn=row.whose, path=row.path,
    )  # fmt: skip


def _stopped(row: store.SandboxHappeningRow) -> HappeningAnswer:
    """Say of another's refusal no more than why the clock stands: a walk goes on from here."""
    return HappeningAnswer(
        sequence=row.sequence, day=row.happened_on, code="stopped",
        words="the walk stopped: an act of another client was refused; ask again to go on",
        words_zh="推进中止：另一客户的一项操作被拒绝；可再次推进",
        whose_turn="nobody", path="/v1/test-clock",
    )  # fmt: skip
