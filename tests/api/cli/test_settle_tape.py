"""`zhibao settle-tape`: by hand, in turn, on bad tables, and on every charge-off of a real tape."""

import csv
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from shared_files import shared_file

from api.cli.settle_tape import run_settle_tape
from api.cli.tape_columns import Columns, columns_of
from kernel.errors import Invalid

ZHONGSHAN = "zhongshan-2021"
PLAIN = Columns(principal="lost", loan="loan", ip_share="ip")


def a_table(folder: Path, *rows: str, header: str = "lost,loan,ip") -> Path:
    """Write a CSV."""
    path = folder / "tape.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def an_opening(folder: Path, **stated: Any) -> Path:
    """Write an opening."""
    path = folder / "opening.json"
    path.write_text(json.dumps(stated), encoding="utf-8")
    return path


def settle(table: Path, columns: Columns = PLAIN, **named: Any) -> dict[str, Any]:
    """Run the command's work in yuan under Zhongshan's scheme."""
    options = {"currency": "CNY", "opening": None, "schemes": None, "out": None}
    return run_settle_tape(table, named.pop("code", ZHONGSHAN), columns, **(options | named))


def test_a_pool_runs_dry_and_rows_without_loss_are_counted(tmp_path: Path) -> None:
    """3,000,000.00 twice, a blank between, from a pool of 2,000,000.00."""
    table = a_table(tmp_path, "3000000,3000000,1", ",500000,1", "3000000.00,3000000,1")
    out = tmp_path / "parts.csv"
    opening = an_opening(tmp_path, balances={"fund": "2000000.00"})
    said = settle(table, opening=opening, out=out)
    assert (said["rows"], said["losses"], said["without_loss"]) == (3, 2, 1)
    assert said["all"]["paid"]["fund"] == "2000000.00"
    assert said["all"]["uncovered"] == "1240000.00"
    with out.open(encoding="utf-8") as lines:
        written = list(csv.DictReader(lines))
    assert [(row["row"], row["fund"], row["uncovered"]) for row in written] == [
        ("1", "1620000.00", "0.00"), ("3", "380000.00", "1240000.00"),
    ]  # fmt: skip


def test_losses_go_by_their_day_and_vintages_by_name(tmp_path: Path) -> None:
    """The later row is the earlier loss: it finds the pool full."""
    table = a_table(
        tmp_path, "3000000,3000000,1,2026-05-01,b", "3000000,3000000,1,2026-04-01,a",
        header="lost,loan,ip,day,vintage",
    )  # fmt: skip
    opening = an_opening(tmp_path, balances={"fund": "1620000.00"})
    columns = replace(PLAIN, on="day", by="vintage")
    first, second = settle(table, columns, opening=opening)["vintages"]
    assert (first["vintage"], first["paid"]["fund"]) == ("a", "1620000.00")
    assert (second["vintage"], second["paid"]["fund"]) == ("b", "0.00")


@pytest.mark.parametrize(
    ("row", "header", "columns", "named"),
    [
        ("x,1,1", "lost,loan,ip", PLAIN, ("row 1: lost", "is no amount")),
        ("-1,1,1", "lost,loan,ip", PLAIN, ("row 1: lost", "is not an amount")),
        ("1.234,1,1", "lost,loan,ip", PLAIN, ("row 1: lost", "is not an amount")),
        ("1,1,1", "lost,lent,ip", PLAIN, ("--columns loan", "there is no column")),
        ("1,1,1,", "lost,loan,ip,day", replace(PLAIN, on="day"),
         ("row 1: day", "is blank")),
        ("1,1,half", "lost,loan,ip", PLAIN, ("row 1: ip", "is no share")),
        ("1,1,1", "lost,loan,ip", PLAIN, ("balances.fund", "is missing")),
    ],
)  # fmt: skip
def test_bad_tables_are_refused_by_row_and_column(
    tmp_path: Path, row: str, header: str, columns: Columns, named: tuple[str, str]
) -> None:
    """One clear fault, and nothing is written."""
    out = tmp_path / "parts.csv"
    with pytest.raises(Invalid) as caught:
        settle(a_table(tmp_path, row, header=header), columns, out=out)
    fault = caught.value.faults[0]
    assert (fault.field, named[1] in fault.problem) == (named[0], True)
    assert not out.exists()


@pytest.mark.parametrize(
    "text", ["1234,56", "0,12", "1,2345", "1_000", "１２", "1e5", "=1+1", "-5"]
)
def test_a_text_that_can_be_read_two_ways_is_refused(tmp_path: Path, text: str) -> None:
    """A comma that groups no thousands may be a decimal comma: a hundred times as much."""
    with pytest.raises(Invalid) as caught:
        settle(a_table(tmp_path, f'"{text}",9999999,1', '"1,000.00",9999999,1'))
    (fault,) = caught.value.faults
    assert (fault.field, bool(fault.cure)) == ("row 1: lost", True)


def test_grouped_thousands_and_blanks_of_a_text_column(tmp_path: Path) -> None:
    """One grouped cell makes the whole column text; an empty text is blank, as elsewhere."""
    opening = an_opening(tmp_path, balances={"fund": "9999999.00"})
    table = a_table(tmp_path, '" 1,234,567.80 ",2000000,1', "5.00,2000000,1", ",1,1")
    said = settle(table, opening=opening)
    assert (said["losses"], said["without_loss"]) == (2, 1)
    assert said["all"]["loss"] == "1234572.80"
    texts = pl.DataFrame({"lost": ["1.50", " "], "loan": ["10.00", ""], "ip": [1, 1]})
    texts.write_parquet(tmp_path / "texts.parquet")
    assert settle(tmp_path / "texts.parquet", opening=opening)["all"]["loss"] == "1.50"


def test_a_row_that_cannot_be_shared_is_named(tmp_path: Path) -> None:
    """The scheme needs the share that IP secures, and the second row does not state it."""
    table = a_table(tmp_path, "1.00,1.00,1", "2.00,2.00,")
    opening = an_opening(tmp_path, balances={"fund": "9.00"})
    with pytest.raises(Invalid) as refused:
        settle(table, opening=opening)
    assert [fault.field for fault in refused.value.faults] == ["row 2: loan.ip_share"]


def test_an_unknown_scheme_is_refused(tmp_path: Path) -> None:
    """The known ones are named."""
    with pytest.raises(Invalid, match="names no scheme"):
        settle(a_table(tmp_path, "1,1,1"), code="nowhere")


def test_every_charge_off_of_the_sba_is_shared_to_the_cent(tmp_path: Path) -> None:
    """The guarantor's part against exact decimals: 85 % of loans to 150,000, else 75 %.

    Cents fall to the larger remainder, the guarantor being written first; no loan of the tape
    reaches the cap of a guaranty of 3,750,000.
    """
    path = shared_file("sba_dev_fy1971_2003.parquet")
    columns = Columns(
        principal="chg_off_prin_gr", loan="gr_appv", on="chg_off_date", by="approval_fy"
    )
    out = tmp_path / "parts.parquet"
    said = settle(path, columns, code="sba-7a-2011", currency="USD", out=out)
    tape = pl.read_parquet(path).with_row_index("row", offset=1)
    lost = tape.filter(pl.col("chg_off_prin_gr") > 0)
    assert said["losses"] == lost.height == 8736
    wanted: dict[str, list[int]] = {}
    written = {one["row"]: one for one in pl.read_parquet(out).iter_rows(named=True)}
    for one in lost.iter_rows(named=True):
        cents = int(Decimal(str(one["chg_off_prin_gr"])) * 100)
        rate = 85 if one["gr_appv"] <= 150_000 else 75
        guaranteed = (cents * rate + 50) // 100
        found = written[one["row"]]
        assert Decimal(found["sba"]) * 100 == guaranteed
        assert Decimal(found["sba"]) + Decimal(found["bank"]) == Decimal(cents) / 100
        sums = wanted.setdefault(str(one["approval_fy"]), [0, 0])
        sums[0] += cents
        sums[1] += guaranteed
    assert {
        one["vintage"]: [int(Decimal(one["loss"]) * 100), int(Decimal(one["paid"]["sba"]) * 100)]
        for one in said["vintages"]
    } == wanted
    assert said["all"]["share_of_loss"]["sba"] == pytest.approx(0.774286, abs=1e-6)


@pytest.mark.parametrize("text", ["principal=a", "loan=a", "principal=a,loan=b,loan=c", "x", "y=z"])
def test_columns_that_cannot_be_read_are_refused(text: str) -> None:
    """With what may be written."""
    with pytest.raises(Invalid, match="--columns"):
        columns_of(text)
