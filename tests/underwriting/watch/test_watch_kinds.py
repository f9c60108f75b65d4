"""The table of what is watched is whole; alerts close, run late, and move the level."""

import re
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.working_days import load_calendar
from underwriting.watch.alert import Alert, Noted, alerts, deadline
from underwriting.watch.kinds import On, WatchKind, watch_kinds
from underwriting.watch.level import Level, gravest
from underwriting.watch.moves import level_on, moves

KINDS = watch_kinds()
EACH = pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
START = date(2025, 9, 1)
CALENDAR = load_calendar()
HAN = re.compile(r"[\u4e00-\u9fff]")
WANTED = {
    "annuity_missed", "late_annuity_paid", "invalidation_filed", "invalidated_partly",
    "invalidated_wholly", "invalidation_maintained", "ownership_suit_filed", "transfer_recorded",
    "licence_recorded", "second_pledge", "seized", "lapsed", "restored", "expiry_near",
    "appraisal_old", "revenue_fallen", "arrears_elsewhere", "lawsuit_filed",
}  # fmt: skip


def a_note(
    kind: str, day: int, *, seq: int = 1, name: str = "CN X", late: int | None = None
) -> Noted:
    rule, on = KINDS[kind], START + timedelta(days=day)
    ends = deadline(rule, on, on, CALENDAR) if late is None else on + timedelta(days=late)
    return Noted(
        seq=seq, kind=kind, subject=rule.subject, name=name, happened_on=on, noted_on=on,
        deadline=ends,
    )  # fmt: skip


def test_every_kind_that_is_asked_for_is_there() -> None:
    assert set(KINDS) >= WANTED
    assert {kind.subject for kind in KINDS.values()} == set(On)


@EACH
def test_each_kind_has_clause_cure_and_source_in_both_languages(kind: WatchKind) -> None:
    for words in (kind.en, kind.effect, kind.cure, kind.clause, kind.source):
        assert words.strip()
    for words in (kind.zh, kind.effect_zh, kind.cure_zh):
        assert HAN.search(words)
    assert kind.grade in "ABCK"
    assert kind.unverified or kind.grade in "ABC", "what is from memory says so"
    assert kind.start in ("event", "notice")
    counted = [days for days in (kind.days, kind.working_days, kind.months) if days is not None]
    assert len(counted) <= 1
    if kind.late is not None:
        assert kind.late.rank > kind.level.rank
        assert counted, "what runs late has a day"
    if kind.level is Level.GREEN:
        assert not counted
        assert kind.closes or kind.right
    elif kind.subject is not On.LOAN and kind.right.get("dispute") != "asserted":
        assert counted, "what is to be cured has days for it"


@EACH
def test_each_alert_can_be_closed_and_closes_its_own_subject_only(kind: WatchKind) -> None:
    for other in kind.closes:
        assert KINDS[other].subject is kind.subject
        assert KINDS[other].level is not Level.GREEN
    if kind.level is not Level.GREEN and kind.subject is not On.LOAN:
        assert any(kind.code in one.closes for one in KINDS.values()), "nothing ends it"


@EACH
def test_each_alert_speaks_as_a_finding(kind: WatchKind) -> None:
    if kind.level is Level.GREEN:
        return
    noted = Noted(
        seq=1, kind=kind.code, subject=kind.subject, name="X", happened_on=START, noted_on=START,
        deadline=START + timedelta(days=9),
    )  # fmt: skip
    found = Alert(noted).finding(START)
    assert (found.clause, str(START + timedelta(days=9)) in found.cure) == (kind.clause, True)
    assert kind.zh in found.zh


def test_sources_are_keys_of_the_page_of_sources_or_told_to_be_added() -> None:
    page = (Path(__file__).parents[3] / "docs" / "sources.md").read_text(encoding="utf-8")
    known = set(re.findall(r'<a id="([^"]+)">', page)) | {"memory", "judgement", "s90", "s91"}
    assert {kind.source.lower() for kind in KINDS.values()} <= {key.lower() for key in known}


def test_days_for_the_cure_are_counted_as_the_rule_has_it() -> None:
    told = START + timedelta(days=20)
    assert deadline(KINDS["annuity_missed"], START, told, CALENDAR) == date(2026, 3, 1)
    assert deadline(KINDS["transfer_recorded"], START, told, CALENDAR) == told + timedelta(days=15)
    golden = date(2025, 9, 29)  # eight days off follow, and a Saturday that is worked
    assert deadline(KINDS["pledge_struck_out"], START, golden, CALENDAR) == date(2025, 10, 15), (
        "a Saturday is worked"
    )
    assert deadline(KINDS["late_annuity_paid"], START, told, CALENDAR) is None


def test_an_alert_runs_late_and_is_closed() -> None:
    missed, paid = a_note("annuity_missed", 0, late=10), a_note("late_annuity_paid", 20, seq=2)
    (alert,) = alerts([paid, missed])
    days = [START + timedelta(days=day) for day in (-1, 0, 10, 11, 19, 20)]
    assert [alert.level(day) for day in days] == [
        Level.GREEN, Level.WATCH, Level.WATCH, Level.CRITICAL, Level.CRITICAL, Level.GREEN,
    ]  # fmt: skip
    assert alert.closed_on == START + timedelta(days=20)
    assert [(one.on, one.after) for one in moves([alert], START + timedelta(days=30))] == [
        (START, Level.WATCH),
        (START + timedelta(days=11), Level.CRITICAL),
        (START + timedelta(days=20), Level.GREEN),
    ]


def test_good_news_of_another_right_closes_nothing() -> None:
    missed = a_note("annuity_missed", 0)
    other = a_note("late_annuity_paid", 5, seq=2, name="CN Y")
    early = a_note("late_annuity_paid", -5, seq=3)
    assert [one.closed_on for one in alerts([missed, other, early])] == [None]


CODES = sorted(code for code, kind in KINDS.items() if kind.subject is On.RIGHT)
NOTES = st.lists(
    st.tuples(st.sampled_from(CODES), st.integers(0, 200), st.sampled_from(["CN X", "CN Y"])),
    max_size=12,
)


@given(NOTES, st.integers(0, 260))
def test_the_moves_lead_to_the_level_of_the_day(
    told: list[tuple[str, int, str]], look: int
) -> None:
    noted = [a_note(code, day, seq=n, name=name) for n, (code, day, name) in enumerate(told)]
    found, on = alerts(noted), START + timedelta(days=look)
    made = moves(found, on)
    assert level_on(found, on) is (made[-1].after if made else Level.GREEN)
    for before, after in pairwise(made):
        assert before.after is after.before is not after.after
        assert before.on < after.on
    for day in range(look + 1):  # a plain walk, day by day, by a rule of its own
        today = START + timedelta(days=day)
        slow = [_slow(one, noted, today) for one in noted]
        assert level_on(found, today) is gravest(*slow)


def _slow(one: Noted, noted: list[Noted], today: date) -> Level:
    """The level of one note on a day: known, not closed by any later note, late or not."""
    rule = KINDS[one.kind]
    ends = [
        other.noted_on
        for other in noted
        if other.name == one.name
        and one.kind in KINDS[other.kind].closes
        and (other.happened_on, other.seq) > (one.happened_on, one.seq)
    ]
    if one.noted_on > today or any(day <= today for day in ends):
        return Level.GREEN
    late = one.deadline is not None and today > one.deadline
    return rule.after if late else rule.level
