"""A file of rights: two forms agree, versions stand in time, faults name file, row, column."""

import csv
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import Invalid
from underwriting.providers import COLUMNS, Entry, RightRecord, plain, read_rights
from underwriting.providers.edge import open_rights

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
BARE = {"number": "X1", "office": "CN", "as_of": "2025-01-15", "kind": "invention"}


def csv_of(*rows: dict[str, str], columns: tuple[str, ...] | None = None) -> str:
    head = columns or tuple(dict.fromkeys(name for row in rows for name in row))
    lines = [",".join(head), *(",".join(f'"{row.get(n, "")}"' for n in head) for row in rows)]
    return "\n".join(lines)


def one(**cells: Any) -> RightRecord:
    found = read_rights(json.dumps([BARE | cells]), "x.json").right("X1")
    assert found is not None
    return found


def refused(text: str, name: str = "x.csv") -> list[tuple[str, str, str]]:
    with pytest.raises(Invalid) as refusal:
        read_rights(text, name)
    assert refusal.value.code == "patents-invalid"
    return [(fault.field, fault.problem, fault.cure) for fault in refusal.value.faults]


def test_the_two_example_files_say_the_same() -> None:
    read = [open_rights(EXAMPLES / f"patents.{form}") for form in ("csv", "json")]
    assert read[0].versions == read[1].versions
    assert len(read[0]) == 4
    assert sum(len(versions) for versions in read[0].versions.values()) == 5


def test_the_example_has_every_column_and_example_numbers_only() -> None:
    with (EXAMPLES / "patents.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert set(rows[0]) == set(COLUMNS)
    assert all(row["number"].startswith("EXAMPLE-") for row in rows)


def test_a_look_up_is_at_a_point_in_time() -> None:
    rights = open_rights(EXAMPLES / "patents.csv")
    before = rights.right("EXAMPLE-0001", on=date(2025, 12, 31))
    after = rights.right("EXAMPLE-0001", on=date(2026, 1, 15))
    assert (before and before.citations, after and after.citations) == (7, 9)
    assert rights.right("EXAMPLE-0001") == after
    assert rights.right("EXAMPLE-0001", on=date(2025, 1, 14)) is None
    assert rights.right("EXAMPLE-0001", "US") is None
    assert rights.right("EXAMPLE-9999") is None


def test_versions_stand_in_time_whatever_their_order_in_the_file() -> None:
    days = ["2025-03-01", "2025-01-01", "2025-02-01"]
    text = csv_of(*({**BARE, "as_of": day, "claims": day[6]} for day in days))
    rights = read_rights(text, "x.csv")
    found = [rights.right("X1", on=date(2025, month, 15)) for month in (1, 2, 3, 12)]
    assert [record and record.claims for record in found] == [1, 2, 3, 3]


@pytest.mark.parametrize(
    "written", ["ZL202010000001.X", "zl 2020 1000 0001.x", "202010000001X", "202010000001.x"]
)
def test_a_number_is_one_however_it_is_written(written: str) -> None:
    text = csv_of({**BARE, "number": "ZL 202010000001.X"})
    found = read_rights(text, "x.csv").right(written)
    assert found is not None
    assert found.number == "ZL 202010000001.X"


def test_the_prefix_is_dropped_for_china_alone() -> None:
    assert plain("ZL1.2", "CN") == "12"
    assert plain("ZL1.2", "US") == "ZL12"


def test_nothing_said_is_not_nothing_there() -> None:
    silent, none = one(), one(pledges=[], co_owners=[], citations=0)
    assert (silent.pledges, silent.co_owners, silent.citations) == (None, None, None)
    assert (none.pledges, none.co_owners, none.citations) == ((), (), 0)
    cells = read_rights(csv_of({**BARE, "pledges": "none", "disputes": " "}), "x.csv").right("X1")
    assert cells is not None
    assert (cells.pledges, cells.disputes) == ((), None)
    assert cells.stated == {*BARE, "pledges", "source"}


def test_entries_are_read_with_their_days() -> None:
    cell = "2024-01-02|某银行|2024-06-01|P-1; 2024-07-01|另一银行"
    found = read_rights(csv_of({**BARE, "pledges": cell}), "x.csv").right("X1")
    assert found is not None
    assert found.pledges == (
        Entry(date(2024, 1, 2), "某银行", date(2024, 6, 1), "P-1"),
        Entry(date(2024, 7, 1), "另一银行"),
    )


@given(st.integers(-5, 5), st.one_of(st.none(), st.integers(0, 5)))
def test_an_entry_stands_from_its_day_until_it_ends(day: int, length: int | None) -> None:
    start = date(2025, 1, 1)
    end = None if length is None else start + timedelta(days=length)
    seen = Entry(start, "x", end).open_on(start + timedelta(days=day))
    assert seen == (day >= 0 and (length is None or day < length))


FAULTY = [
    ({"granted": "2022-13-01"}, "granted", "is not a day"),
    ({"granted": "1889-01-01"}, "granted", "not between 1990 and 2100"),
    ({"filed": "2020-01-01", "granted": "2019-01-01"}, "granted", "before the filing"),
    ({"filed": "2020-01-01", "expires": "2019-01-01"}, "expires", "before the filing"),
    ({"granted": "2025-01-16"}, "granted", "is after as_of"),
    ({"kind": "idea"}, "kind", "is not known"),
    ({"kind": ""}, "kind", "is missing"),
    ({"as_of": ""}, "as_of", "is missing"),
    ({"number": " "}, "number", "is missing"),
    ({"office": "China"}, "office", "is no office"),
    ({"status": "alive"}, "status", "is not known"),
    ({"claims": "-1"}, "claims", "is not a count"),
    ({"claims": "1.5"}, "claims", "is not a count"),
    ({"citations": "１２"}, "citations", "is not a count"),
    ({"title": "a\u202eb"}, "title", "hidden characters"),
    ({"pledges": "2024-01-01"}, "pledges", "is not an entry"),
    ({"pledges": "2024-01-01|a|2023-01-01"}, "pledges", "before it began"),
    ({"pledges": "2024-01-01|a|2025-01-01|n|more"}, "pledges", "too many parts"),
    ({"disputes": "2025-02-01|a"}, "disputes", "is after as_of"),
    ({"ipc": "A" * 2001}, "ipc", "too long"),
]


@pytest.mark.parametrize(("cells", "column", "problem"), FAULTY)
def test_a_faulty_cell_is_named(cells: dict[str, str], column: str, problem: str) -> None:
    good = {**BARE, "number": "X2"}
    found = refused(csv_of(good, BARE | cells))
    assert [field for field, _, _ in found] == [f"x.csv row 3: {column}"]
    assert problem in found[0][1]
    assert found[0][2]


def test_all_faults_are_named_at_once_up_to_fifty() -> None:
    rows = [{**BARE, "number": f"X{n}", "kind": "idea", "claims": "many"} for n in range(20)]
    assert len(refused(csv_of(*rows))) == 40
    rows *= 2
    assert len(refused(csv_of(*rows))) == 50


def test_a_column_that_is_not_known_is_refused_with_the_nearest() -> None:
    assert refused(csv_of({**BARE, "grantd": "x"})) == [
        ("x.csv row 1: grantd", "is not a known column", "did you mean granted?")
    ]
    ((field, _, cure),) = refused(json.dumps([BARE | {"zzz": 1}]), "x.json")
    assert field == "x.json record 1: zzz"
    assert cure.startswith("use one of number, office")


def test_a_right_stands_once_for_one_day() -> None:
    text = csv_of({**BARE, "number": "ZL1.1"}, {**BARE, "number": "11"})
    ((field, problem, _),) = refused(text)
    assert field == "x.csv row 3: number"
    assert "stands in x.csv row 2 too" in problem


@pytest.mark.parametrize(
    ("text", "name", "place", "problem"),
    [
        ("", "x.csv", "x.csv", "is empty"),
        ("number,number\n1,2", "x.csv", "x.csv row 1: number", "stands twice"),
        ("number,office\n1", "x.csv", "x.csv row 2", "has 1 cells, the header 2"),
        ('number,office\n"1', "x.csv", "x.csv line 2", "is not CSV"),
        ("[", "x.json", "x.json", "is not JSON"),
        ("{}", "x.json", "x.json", "is not a list"),
        ("[1]", "x.json", "x.json record 1", "is not an object"),
        ('[{"number": "1", "number": "2"}]', "x.json", "x.json", "'number' stands twice"),
        ('[{"claims": NaN}]', "x.json", "x.json", "NaN is no value"),
        ("[" * 100_000, "x.json", "x.json", "is not JSON"),
        ("", "x.xlsx", "x.xlsx", "is neither .csv nor .json"),
    ],
)
def test_a_broken_file_is_named(text: str, name: str, place: str, problem: str) -> None:
    ((field, found, cure),) = refused(text, name)
    assert field == place
    assert problem in found
    assert cure


def test_empty_lines_are_passed_over_and_counted() -> None:
    text = csv_of(BARE) + "\n,,,\n\n" + '"X2","CN","2025-01-15","idea"'
    assert refused(text)[0][0] == "x.csv row 5: kind"


def test_a_file_is_opened_with_its_mark_and_refused_when_it_is_not_text(tmp_path: Path) -> None:
    good = tmp_path / "good.csv"
    good.write_bytes(b"\xef\xbb\xbf" + csv_of(BARE).encode())
    assert len(open_rights(good)) == 1
    for name, content, code in (
        ("a.csv", b"\xff\xfe", "patents-invalid"),
        ("b.csv", None, "no-such-file"),
    ):
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(Invalid) as refusal:
            open_rights(path)
        assert refusal.value.code == code
        assert str(tmp_path) not in str(refusal.value)
