"""What every market holds, whatever its seed; and one seed gives one market."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest

from kernel.errors import Invalid
from models.market import Market, load_law, make_market, read_truth, write_market
from models.market.law import choose, crossing, day, stream
from models.market.write import columns

MAY_BE_EMPTY = {
    "histories": {"asserted_years", "challenged_years", "outcome", "outcome_years"},
    "firms": {"interest_cover", "revenue_growth", "rnd_share"},
    "loans": {"interest_cover", "revenue_growth", "rnd_share"},
    "disputes": {"limit"},
    "sales": {"price", "months_to_sale"},
}
MANY = pytest.mark.parametrize("seed", range(20, 40))
SCRIPT = """
import sys
from pathlib import Path
from models.market import make_market, write_market
write_market(make_market(5, 0.05), Path(sys.argv[1]), sys.argv[2])
"""


def digests(folder: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


@MANY
def test_nothing_is_missing_where_it_is_required(seed: int, small: Callable[[int], Market]) -> None:
    market = small(seed)
    for name, frame in {**market.tables, **market.truth}.items():
        for column in frame.columns:
            if column not in MAY_BE_EMPTY.get(name, set()):
                assert frame[column].null_count() == 0, (name, column)
            if frame[column].dtype.is_float():
                assert not frame[column].is_nan().any(), (name, column)
                assert not frame[column].is_infinite().any(), (name, column)


@MANY
def test_lives_of_rights(seed: int, small: Callable[[int], Market]) -> None:
    market = small(seed)
    rows = market.rights.join(market.tables["histories"], on="right_id")
    assert (rows["entry_years"] < rows["exit_years"]).all()
    assert (rows["entry_years"] >= 0).all()
    assert (rows["filed_on"] < rows["granted_on"]).all()
    opens = pl.lit(date.fromisoformat(market.law["study"]["opens"]))
    late = rows.filter(pl.col("granted_on") < opens)
    assert (late["entry_years"] > 0).all()
    assert (rows.filter(pl.col("granted_on") >= opens)["entry_years"] == 0).all()
    assert (rows["lapsed"] == (rows["end"] == "lapse").cast(pl.Int8)).all()
    for age in ("asserted_years", "challenged_years", "outcome_years"):
        assert (rows[age].drop_nulls() >= 0).all()
        assert (rows[age].fill_null(0.0) <= rows["exit_years"]).all()
    assert (rows["outcome_years"] > rows["challenged_years"]).all()
    dead = rows.filter(pl.col("end") == "whole_invalid")
    assert (dead["outcome"] == "whole").all()
    assert (dead["outcome_years"] == dead["exit_years"]).all()
    assert rows.filter(pl.col("outcome") == "whole").height == dead.height


@MANY
def test_loans_are_within_the_life_of_their_right(
    seed: int, small: Callable[[int], Market]
) -> None:
    market = small(seed)
    rows = market.loans.join(market.tables["pledges"], on="loan_id").join(
        market.rights, on="right_id"
    )
    assert rows.height == market.loans.height
    age = (pl.col("approved_on") - pl.col("granted_on")).dt.total_days() / 365.25
    rows = rows.with_columns(age=age)
    assert (rows["age"] > 0).all()
    assert (rows["age"] <= rows["exit_years"] + 1e-6).all()
    assert (rows["age"] >= rows["entry_years"]).all()
    held = (pl.col("approved_on") - pl.col("filed_on")).dt.total_days() / 365.25 + pl.col(
        "term_months"
    ) / 12
    longest = market.law["rights"]["term_years"]
    for kind, years in longest.items():
        assert rows.filter(pl.col("kind") == kind).select((held <= years + 1e-6).all()).item()


@MANY
def test_defaults_are_within_the_term(seed: int, small: Callable[[int], Market]) -> None:
    market = small(seed)
    rows = market.tables["defaults"].join(market.loans, on="loan_id")
    assert rows.height == market.loans["default"].sum()
    assert (rows["default"] == 1).all()
    assert (
        rows["months_to_default"]
        .is_between(0.0, pl.Series(rows["term_months"]).cast(float) + 0.01)
        .all()
    )
    assert rows["lgd"].is_between(0.0, 1.0).all()
    assert (rows["months_on_book"] == rows["months_to_default"]).all()
    kept = market.truth["truth_loans"]
    assert (kept["loan_id"] == market.loans["loan_id"]).all()
    assert (kept["pd"] >= kept["pd_right_alive"] - 1e-9).all()
    assert kept["pd"].is_between(0.0, 1.0).all()


def test_keys_are_keys(small: Callable[[int], Market]) -> None:
    market = small(20)
    for name in ("rights", "firms", "loans", "disputes", "sales"):
        first = market.tables[name].to_series(0)
        assert first.n_unique() == first.len(), name


def test_one_seed_is_one_market() -> None:
    one, same, other = (make_market(seed, 0.02) for seed in (3, 3, 4))
    for name, frame in {**one.tables, **one.truth}.items():
        assert frame.equals({**same.tables, **same.truth}[name]), name
        assert name == "macro" or not frame.equals({**other.tables, **other.truth}[name]), name


def test_a_part_draws_alone() -> None:
    """Another law of disputes leaves rights and loans as they are."""
    law = deepcopy(load_law())
    law["disputes"]["kendall_tau"] = 0.6
    law["size"]["disputes"] = 2_000
    one, other = make_market(3, 0.02), make_market(3, 0.02, law)
    for name in ("rights", "loans", "defaults", "sales"):
        assert one.tables[name].equals(other.tables[name])
    assert not one.disputes.equals(other.disputes)


@pytest.mark.parametrize("fmt", ["csv", "parquet"])
def test_files_are_the_same_bytes_in_every_process(tmp_path: Path, fmt: str) -> None:
    folders = [tmp_path / name for name in ("one", "two")]
    for number, folder in enumerate(folders):
        subprocess.run(
            [sys.executable, "-c", SCRIPT, str(folder), fmt],
            check=True, env={**os.environ, "PYTHONHASHSEED": str(number)},
        )  # fmt: skip
    write_market(make_market(5, 0.05), tmp_path / "here", fmt)
    assert digests(folders[0]) == digests(folders[1]) == digests(tmp_path / "here")
    assert len(digests(folders[0])) == 15


@pytest.mark.parametrize("fmt", ["csv", "parquet"])
def test_what_is_written_is_the_market(tmp_path: Path, fmt: str) -> None:
    market = make_market(6, 0.05)
    paths = write_market(market, tmp_path / "deep" / "market", fmt)
    assert {path.name for path in paths} == {path.name for path in paths[0].parent.iterdir()}
    for name, frame in {**market.tables, **market.truth}.items():
        path = paths[0].parent / f"{name}.{fmt}"
        read = (
            pl.read_parquet(path) if fmt == "parquet" else pl.read_csv(path, try_parse_dates=True)
        )
        assert read.columns == frame.columns
        assert read.height == frame.height
        if fmt == "parquet":
            assert read.equals(frame)


def test_the_truth_is_written(tmp_path: Path) -> None:
    write_market(make_market(6, 0.05), tmp_path)
    truth = read_truth(tmp_path)
    assert (truth["seed"], truth["size"]) == (6, 0.05)
    law = json.loads(json.dumps(load_law()).replace("Infinity", "null"))
    assert truth["law"] == law
    assert truth["law"]["disputes"]["terms"]["limit"]["CN"][-1] is None
    with pytest.raises(Invalid):
        read_truth(tmp_path / "nowhere")


def test_every_column_is_described(tmp_path: Path) -> None:
    market = make_market(6, 0.05)
    words = columns()
    frames = {**market.tables, **market.truth}
    assert words.keys() == frames.keys()
    for name, frame in frames.items():
        assert set(words[name]) - {"_about"} == set(frame.columns), name
    write_market(market, tmp_path)
    page = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "LEAK" in page
    assert "`months_on_book`" in page
    assert all(f"## {name}.csv" in page for name in frames)


def test_the_law_says_that_it_is_made() -> None:
    law = load_law()
    assert law["grade"] == "made"
    assert law["unverified"]


@pytest.mark.parametrize(
    "call",
    [
        lambda _: make_market(-1),
        lambda _: make_market(1, 0.0),
        lambda _: make_market(1, float("nan")),
        lambda path: write_market(make_market(1, 0.01), path, "xlsx"),
        lambda path: write_market(make_market(1, 0.01), path / "file"),
    ],
)
def test_what_makes_no_market_is_refused(call: Callable[[Path], object], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(Invalid):
        call(tmp_path)


def test_the_clock_of_bands_by_hand() -> None:
    ages = crossing([0.0, 3.0, 6.0], [0.1, 0.2, 0.5], pl.Series([0.15, 0.3, 0.9, 1.4]).to_numpy())
    assert list(ages) == pytest.approx([1.5, 3.0, 6.0, 7.0])


def test_shares_that_are_none_are_impossible() -> None:
    with pytest.raises(AssertionError, match="sum to"):
        choose(stream(0, "firms"), {"a": 0.5, "b": 0.4}, 3)


def test_days() -> None:
    assert (day("1970-01-01"), day("2000-03-01")) == (0, 11_017)
