"""The table of working days: equal to a second source, ended, and extended only whole."""

from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest

from kernel.errors import Invalid, Unavailable
from kernel.working_days import Calendar, load_calendar

_YEAR_2027 = """date,kind,name
2027-01-01,holiday,元旦
2027-02-05,holiday,春节
2027-04-05,holiday,清明节
2027-05-01,holiday,劳动节
2027-05-08,workday,劳动节
2027-06-09,holiday,端午节
2027-09-15,holiday,中秋节
2027-10-01,holiday,国庆节
"""


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return load_calendar()


def test_every_day_agrees_with_a_second_source(calendar: Calendar) -> None:
    other = holidays.country_holidays("CN", years=range(2016, 2027))
    days = [date(2016, 1, 1) + timedelta(n) for n in range(4018)]
    assert days[-1] == calendar.last
    assert [d for d in days if calendar.is_working(d) != other.is_working_day(d)] == []


def test_number_of_working_days_of_each_notice(calendar: Calendar) -> None:
    days = [date(2024, 1, 1) + timedelta(n) for n in range(1096)]
    worked = [sum(calendar.is_working(d) for d in days if d.year == y) for y in (2024, 2025, 2026)]
    assert worked == [251, 248, 248]


def test_table_ends_where_the_last_notice_ends(calendar: Calendar) -> None:
    assert (calendar.first, calendar.last) == (date(2016, 1, 1), date(2026, 12, 31))
    for day in (date(2015, 12, 31), date(2027, 1, 1)):
        with pytest.raises(Unavailable, match="setting ZHIBAO_HOLIDAYS") as refusal:
            calendar.is_working(day)
        assert refusal.value.code == "calendar-ended"


def test_a_count_that_runs_over_the_end_is_refused(calendar: Calendar) -> None:
    assert calendar.add_working_days(date(2026, 12, 24), 5) == date(2026, 12, 31)
    with pytest.raises(Unavailable, match="2027-01-01"):
        calendar.add_working_days(date(2026, 12, 24), 6)
    with pytest.raises(Unavailable, match="2027-02-01"):
        calendar.add_working_days(date(2027, 2, 1), 0)


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (date(2026, 2, 13), 1, date(2026, 2, 14)),  # a Saturday worked before Spring Festival
        (date(2026, 2, 14), 1, date(2026, 2, 24)),  # nine days off
        (date(2026, 3, 2), 0, date(2026, 3, 2)),
        (date(2026, 3, 1), 0, date(2026, 3, 1)),
        (date(2026, 3, 1), 1, date(2026, 3, 2)),
        (date(2026, 3, 2), 10, date(2026, 3, 16)),
    ],
)
def test_counting_starts_the_day_after(calendar: Calendar, start: date, n: int, end: date) -> None:
    assert calendar.add_working_days(start, n) == end


def test_next_working_day_is_the_day_itself_when_worked(calendar: Calendar) -> None:
    assert calendar.next_working(date(2026, 9, 30)) == date(2026, 9, 30)
    assert calendar.next_working(date(2026, 10, 1)) == date(2026, 10, 8)
    assert calendar.next_working(date(2026, 10, 10)) == date(2026, 10, 10)


def test_days_are_not_counted_backward(calendar: Calendar) -> None:
    with pytest.raises(AssertionError, match="forward"):
        calendar.add_working_days(date(2026, 3, 2), -1)


def test_operators_file_extends_the_end(tmp_path: Path) -> None:
    file = tmp_path / "days.csv"
    file.write_text("\ufeff" + _YEAR_2027, encoding="utf-8")
    calendar = load_calendar(file)
    assert calendar.last == date(2027, 12, 31)
    assert not calendar.is_working(date(2027, 1, 1))
    assert calendar.is_working(date(2027, 5, 8))
    assert calendar.add_working_days(date(2026, 12, 31), 1) == date(2027, 1, 4)


def test_operators_file_amends_a_year(tmp_path: Path) -> None:
    file = tmp_path / "days.csv"
    file.write_text("date,kind,name\n2026-09-03,holiday,胜利日\n", encoding="utf-8")
    assert not load_calendar(file).is_working(date(2026, 9, 3))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "days.csv line 1: is not date,kind,name"),
        ("day,kind,name\n", "days.csv line 1: is not date,kind,name"),
        ("date,kind,name\n2027-01-01,holiday\n", "days.csv line 2: has 2 fields"),
        ("date,kind,name\n2027-13-01,holiday,x\n", "days.csv line 2: '2027-13-01' is no date"),
        ("date,kind,name\n20270101,holiday,x\n", "days.csv line 2: '20270101' is no date"),
        ("date,kind,name\n2027-01-01,closed,x\n", "days.csv line 2: 'closed' is no kind"),
        ("date,kind,name\n2027-01-04,workday,x\n", "days.csv line 2: 2027-01-04 is worked anyway"),
        (_YEAR_2027 + "2027-10-01,holiday,国庆节\n", "days.csv line 10: 2027-10-01 is there twice"),
        ("date,kind,name\n2027-01-01,holiday,元旦\n", "days.csv: 2027 lacks 春节, 清明节"),
        (_YEAR_2027.replace("2027", "2028").replace("2028-05-08", "2028-05-06"), "2027 lacks 元旦"),
    ],
)
def test_bad_files_are_refused_with_file_and_line(
    tmp_path: Path, text: str, complaint: str
) -> None:
    file = tmp_path / "days.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Invalid) as refusal:
        load_calendar(file)
    assert refusal.value.code == "calendar-invalid"
    assert complaint in str(refusal.value)


def test_all_bad_lines_are_named_at_once(tmp_path: Path) -> None:
    file = tmp_path / "days.csv"
    file.write_text("date,kind,name\nx,holiday,x\n2027-01-01,y,x\n", encoding="utf-8")
    with pytest.raises(Invalid) as refusal:
        load_calendar(file)
    lines = [fault.field for fault in refusal.value.faults]
    assert lines == ["days.csv line 2", "days.csv line 3"]


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_unreadable_file_is_refused(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "days.csv"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(Invalid, match=r"days\.csv cannot be read"):
        load_calendar(file)
