"""A user's table is read as it is, or refused in one clear line."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from kernel.errors import Invalid
from models.tape import fingerprint, need, read_tape


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_csv_keeps_numbers_dates_text_and_gaps(tmp_path: Path) -> None:
    text = "amount,on,sector,staff\n1.5,2024-01-31,farm,3\nNA,2024-02-29,,\n"
    frame = read_tape(written(tmp_path, "loans.csv", text))
    assert frame.rows() == [
        (1.5, date(2024, 1, 31), "farm", 3),
        (None, date(2024, 2, 29), None, None),
    ]


def test_a_late_fraction_does_not_break_an_integer_column(tmp_path: Path) -> None:
    text = "a\n" + "1\n" * 5_000 + "1.5\n"
    assert read_tape(written(tmp_path, "a.csv", text))["a"][-1] == 1.5


def test_a_parquet_file_is_read(tmp_path: Path) -> None:
    frame = pl.DataFrame({"a": [1, 2], "b": ["x", None]})
    frame.write_parquet(tmp_path / "a.parquet")
    assert read_tape(tmp_path / "a.parquet").equals(frame)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.csv", "a,b\n", "has no rows"),
        ("a.csv", "", "cannot be read"),
        ("a.csv", "a,b,a\n1,2,3\n", "has column 'a' twice"),
        ("a.csv", "a,b\n1,2,3\n", "cannot be read"),
        ("a.parquet", "not parquet", "cannot be read"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, name: str, text: str, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        read_tape(written(tmp_path, name, text))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=r"gone\.csv: is not there"):
        read_tape(tmp_path / "gone.csv")


def test_text_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("名\n1\n".encode("gbk"))
    with pytest.raises(Invalid, match="save it as UTF-8"):
        read_tape(tmp_path / "a.csv")


def test_a_column_that_is_not_there_is_named_with_its_neighbours() -> None:
    frame = pl.DataFrame({"default": [1], "amount": [2]})
    need(frame, ["default"], "--target")
    with pytest.raises(Invalid) as refused:
        need(frame, ["defualt", "zzz"], "--target")
    first, second = refused.value.faults
    assert (first.field, first.cure) == ("--target", "did you mean default?")
    assert second.cure == "the columns are default, amount"


def test_the_fingerprint_is_sha256(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", "abc")
    assert fingerprint(path).startswith("ba7816bf")
