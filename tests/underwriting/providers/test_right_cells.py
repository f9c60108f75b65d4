"""Cells one by one, and whole records through both forms of file and back."""

import csv
import json
from collections.abc import Callable
from dataclasses import fields
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from underwriting.providers import COLUMNS, Entry, PatentProvider, RightRecord, read_rights
from underwriting.providers import cells as reading
from underwriting.providers.cells import Unreadable
from underwriting.providers.columns import KINDS, STATUSES, office

AS_OF = date(2025, 1, 15)

plain = st.text(
    st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=12
).filter(lambda text: text != "none")
day = st.dates(date(1995, 1, 1), AS_OF)
entry = st.builds(
    lambda on, who, length, note: Entry(
        on, who, None if length is None else on + timedelta(days=length), note
    ),
    day, plain, st.one_of(st.none(), st.integers(0, 4000)), st.one_of(st.just(""), plain),
)  # fmt: skip
listed = st.one_of(st.none(), st.lists(entry, max_size=3).map(tuple))
texts = st.one_of(st.none(), st.lists(plain, max_size=3, unique=True).map(tuple))
optional = st.one_of(st.none(), plain)
count = st.one_of(st.none(), st.integers(0, 999_999))


@st.composite
def records(draw: Callable[[Any], Any]) -> RightRecord:
    filed = draw(st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2020, 1, 1))))
    granted = None if filed is None else draw(st.one_of(st.none(), st.dates(filed, AS_OF)))
    values = {
        "number": draw(plain), "office": "CN", "as_of": AS_OF, "source": draw(plain),
        "kind": draw(st.sampled_from(KINDS)), "title": draw(optional), "owner": draw(optional),
        "co_owners": draw(texts), "filed": filed, "granted": granted,
        "expires": draw(st.one_of(st.none(), st.dates(AS_OF, date(2045, 1, 1)))),
        "fees_paid_until": draw(st.one_of(st.none(), day)),
        "status": draw(st.one_of(st.none(), st.sampled_from(STATUSES))),
        "family": draw(optional), "ipc": draw(texts), "standard": draw(optional),
        "claims": draw(count), "citations": draw(count),
        **{name: draw(listed) for name in _LISTED},
    }  # fmt: skip
    return RightRecord.of(values)


_LISTED = ("events", "pledges", "licences", "disputes", "invalidations")


def as_json(record: RightRecord) -> dict[str, Any]:
    """A record as a JSON object, written another way than it is read."""
    row: dict[str, Any] = {}
    for one in fields(RightRecord):
        value = getattr(record, one.name)
        if one.name == "stated" or value is None:
            continue
        if isinstance(value, date):
            row[one.name] = value.isoformat()
        elif one.name in _LISTED:
            row[one.name] = [_entry_json(item) for item in value]
        elif isinstance(value, tuple):
            row[one.name] = list(value)
        else:
            row[one.name] = value
    return row


def _entry_json(item: Entry) -> dict[str, str]:
    row = {"on": item.on.isoformat(), "who": item.who}
    if item.until is not None:
        row["until"] = item.until.isoformat()
    if item.note:
        row["note"] = item.note
    return row


def as_cells(record: RightRecord) -> dict[str, str]:
    """The same as a row of CSV cells."""
    row = {}
    for name, value in as_json(record).items():
        if isinstance(value, list):
            parts = [_entry_cell(item) if isinstance(item, dict) else item for item in value]
            row[name] = "; ".join(parts) or "none"
        else:
            row[name] = str(value)
    return row


def _entry_cell(item: dict[str, str]) -> str:
    return "|".join(item.get(name, "") for name in ("on", "who", "until", "note")).rstrip("|")


def written(rows: list[dict[str, str]]) -> str:
    out = StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


@given(records())
def test_a_record_comes_back_from_both_forms(record: RightRecord) -> None:
    from_json = read_rights(json.dumps([as_json(record)]), "x.json")
    from_csv = read_rights(written([as_cells(record)]), "x.csv")
    for rights in (from_json, from_csv):
        found = rights.right(record.number)
        assert found == record
        assert found is not None
        assert found.stated == record.stated


@given(st.lists(records(), max_size=6, unique_by=lambda record: record.key))
def test_many_records_are_all_there_in_any_order(many: list[RightRecord]) -> None:
    forward = read_rights(written([as_cells(one) for one in many]), "x.csv")
    backward = read_rights(written([as_cells(one) for one in reversed(many)]), "x.csv")
    assert forward.versions == backward.versions
    assert len(forward) == len(many)


def test_the_file_is_a_provider_like_any_other() -> None:
    def ask(provider: PatentProvider) -> RightRecord | None:
        return provider.right("X", "CN", on=AS_OF)

    rights = read_rights("[]", "empty.json")
    assert ask(rights) is None
    assert rights.source == "empty.json"


GOOD: list[tuple[Callable[[Any], Any], Any, Any]] = [
    (reading.words, "  a  ", "a"),
    (reading.words, "专利 patent", "专利 patent"),
    (reading.day, "2024-02-29", date(2024, 2, 29)),
    (reading.day, " 1990-01-01 ", date(1990, 1, 1)),
    (reading.count, "0", 0),
    (reading.count, " 12 ", 12),
    (reading.count, 12, 12),
    (reading.texts, "a; b;", ("a", "b")),
    (reading.texts, "none", ()),
    (reading.texts, [], ()),
    (reading.texts, ["a; b"], ("a; b",)),
    (reading.entries, "2024-01-01|x", (Entry(date(2024, 1, 1), "x"),)),
    (reading.entries, "2024-01-01|x||n", (Entry(date(2024, 1, 1), "x", None, "n"),)),
    (reading.entries, [{"on": "2024-01-01", "who": "x", "until": None}],
     (Entry(date(2024, 1, 1), "x"),)),
    (office, "US", "US"),
    (reading.one_of("a", "b"), "b", "b"),
]  # fmt: skip


@pytest.mark.parametrize(("read", "cell", "value"), GOOD)
def test_a_good_cell(read: Callable[[Any], Any], cell: Any, value: Any) -> None:
    assert read(cell) == value


BAD: list[tuple[Callable[[Any], Any], Any]] = [
    (reading.words, 3),
    (reading.words, ""),
    (reading.words, "a\nb"),
    (reading.words, "a\u200bb"),
    (reading.words, "x" * 2001),
    (reading.day, "2024-02-30"),
    (reading.day, "20240229x"),
    (reading.day, "01/02/2024"),
    (reading.day, "2101-01-01"),
    (reading.day, 20240229),
    (reading.count, True),
    (reading.count, -1),
    (reading.count, 1.0),
    (reading.count, "1e3"),
    (reading.count, "1_000"),
    (reading.count, "1000000"),
    (reading.count, None),
    (reading.texts, 3),
    (reading.texts, {"a": 1}),
    (reading.texts, [3]),
    (reading.texts, ["a"] * 201),
    (reading.entries, ["x"]),
    (reading.entries, [{"on": "2024-01-01"}]),
    (reading.entries, [{"on": "2024-01-01", "who": "x", "colour": "red"}]),
    (reading.entries, [{"on": "2024-01-02", "who": "x", "until": "2024-01-01"}]),
    (reading.entries, [3]),
    (office, "cn"),
    (office, "C1"),
    (office, "CHN"),
    (office, "中国"),
    (reading.one_of("a"), "A"),
]


@pytest.mark.parametrize(("read", "cell"), BAD)
def test_a_bad_cell_says_what_is_wrong_and_what_to_do(
    read: Callable[[Any], Any], cell: Any
) -> None:
    with pytest.raises(Unreadable) as refusal:
        read(cell)
    assert refusal.value.problem
    assert refusal.value.cure
