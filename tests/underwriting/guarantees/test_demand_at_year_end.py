"""A demand is recorded whatever the table of working days reaches; its days follow the table."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from builders import a_desk
from guaranteeing import URL, a_demand, a_use, signer

from kernel.db import books
from kernel.db.engine import read, transact
from kernel.desk import Desk
from kernel.errors import Unavailable
from underwriting.guarantees import store
from underwriting.guarantees.open_demands import days_of
from underwriting.guarantees.paper import drawn
from underwriting.guarantees.stated import GroundStated
from underwriting.receive_demand import receive_demand
from underwriting.refuse_demand import refusal_sheets, refuse_demand

DECEMBER_29 = date(2025, 12, 29)
GROUND = GroundStated(code="unsigned", zh="未签字", en="not signed")
DAY = timedelta(days=1)


def a_short_desk(on: date) -> Desk:
    """A desk before the notice of 2026 was taken over."""
    desk = a_desk(on)
    return replace(desk, calendar=replace(desk.calendar, last=date(2025, 12, 31)))


def recorded(issuer: Any, **parts: Any) -> Any:
    """A letter demanded on 29 December 2025, before the next year's table is there."""
    letter = issuer.accepted()
    issuer.reserve(letter, a_use())
    said = a_demand(received_on=DECEMBER_29.isoformat(), **parts)
    desk = a_short_desk(DECEMBER_29)
    demand = transact(
        issuer.engine, lambda s: receive_demand(s, letter.id, said, desk=desk).model_dump()
    )
    return letter, demand


def seen(issuer: Any, letter: Any, desk: Desk) -> Any:
    """The days of its first demand, as a desk counts them."""

    def act(session: Any) -> Any:
        row = store.letter(session, letter.id)
        terms = store.terms_in_force(session, row)
        return days_of(store.demand_named(session, row.id, "C1"), terms.demands, desk.calendar)

    return read(issuer.engine, act)


def refused_by(issuer: Any, letter: Any, desk: Desk) -> Any:
    """The demand refused at a desk."""
    asked = (letter.id, "C1", (GROUND,))
    sheets = read(issuer.engine, lambda s: refusal_sheets(s, *asked, desk=desk, public_url=URL))
    papers = drawn(sheets, signer(), at=desk.at)
    return transact(
        issuer.engine,
        lambda s: refuse_demand(s, *asked, papers, desk=desk, public_url=URL).model_dump(),
    )


def test_a_demand_is_recorded_though_the_table_ends(issuer: Any) -> None:
    letter, demand = recorded(issuer)
    assert issuer.see(letter).state == "demanded"
    assert (demand["refuse_by"], demand["pay_by"]) == (date(2026, 1, 3), date(2026, 1, 8))
    trail = read(issuer.engine, lambda s: books.events(s, books.Subject("letter", letter.id)))
    (said,) = trail[-1].payload["provisional"]
    assert "2025-12-31" in said
    assert "2026-01-08" in said


def test_the_days_move_once_the_next_year_is_known(issuer: Any) -> None:
    letter, demand = recorded(issuer)
    early = seen(issuer, letter, a_short_desk(DECEMBER_29))
    known = seen(issuer, letter, a_desk(DECEMBER_29))
    assert (early.provisional, known.provisional) == (True, False)
    assert (early.refuse_by, early.pay_by) == (demand["refuse_by"], demand["pay_by"])
    # 30, 31 December; rest from 1 to 3 January; Sunday 4 January is worked; 5, 6
    assert known.refuse_by == date(2026, 1, 6)
    assert known.pay_by == date(2026, 1, 13)
    done = refused_by(issuer, letter, a_desk(known.refuse_by))
    assert (done["state"], done["refuse_by"], done["pay_by"]) == (
        "refused", known.refuse_by, known.pay_by,
    )  # fmt: skip
    kept = seen(issuer, letter, a_short_desk(DECEMBER_29))
    assert kept.refuse_by == known.refuse_by, "an answered demand keeps the days it had"


def test_nobody_is_told_that_it_is_too_late_before_the_table_says_so(issuer: Any) -> None:
    letter, demand = recorded(issuer)
    after = a_short_desk(demand["refuse_by"] + DAY)
    with pytest.raises(Unavailable, match="calendar-ended"):
        refused_by(issuer, letter, after)
    assert refused_by(issuer, letter, a_short_desk(demand["refuse_by"]))["state"] == "refused"


def test_a_demand_to_extend_has_its_days_too(issuer: Any) -> None:
    _, demand = recorded(issuer, extend_to="2026-12-09")
    assert demand["suspended_until"] == date(2026, 1, 28), "thirty calendar days"
    assert demand["pay_by"] == date(2026, 1, 28)
    assert demand["state"] == "suspended"
