"""An alert ends when the house is first told of its end, whatever it is told later."""

from datetime import date

from underwriting.watch.alert import Noted, alerts
from underwriting.watch.kinds import watch_kinds


def test_older_news_told_later_moves_no_end() -> None:
    closing = next(kind for kind in watch_kinds().values() if kind.closes)
    (closed, *_) = sorted(closing.closes)
    subject = watch_kinds()[closed].subject

    def noted(seq: int, kind: str, happened: date, told: date) -> Noted:
        return Noted(
            seq=seq, kind=kind, subject=subject, name="ZL-EXAMPLE-1", happened_on=happened,
            noted_on=told, deadline=None,
        )  # fmt: skip

    bad = noted(1, closed, date(2025, 9, 1), date(2025, 9, 1))
    good = noted(2, closing.code, date(2025, 9, 9), date(2025, 9, 10))
    late = noted(3, closing.code, date(2025, 9, 5), date(2025, 9, 28))
    (alert,) = [one for one in alerts((bad, good, late)) if one.noted is bad]
    assert alert.closed_on == date(2025, 9, 10)
    (alert,) = [one for one in alerts((bad, late)) if one.noted is bad]
    assert alert.closed_on == date(2025, 9, 28)
