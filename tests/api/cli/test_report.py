"""What `zhibao fit` prints: warnings apart, every figure that is one, nothing else."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from api.cli.progress import telling
from api.cli.report import print_fit, warn

CANDIDATES = [
    {"candidate": "weibull", "c_index": 0.712345, "rows": 40, "by_year": {"2020": 1}},
    {"candidate": "cox", "c_index": 0.5, "rows": 41, "by_year": {}},
]
ANSWER: Mapping[str, Any] = {
    "fit_id": "lapse-0123456789ab",
    "form": "hazard.cox",
    "out": "fits-here",
    "tape": {"rows": 81, "events": 33},
    "notes": ["warning: months leaks", "cox was chosen", "left out [bold]id[/bold]"],
    "metrics": {"candidates": CANDIDATES, "brier": 0.123456, "deciles": [1, 2]},
}


def shown(capsys: pytest.CaptureFixture[str], **change: Any) -> str:
    print_fit({**ANSWER, **change})
    heard = capsys.readouterr()
    assert heard.err == ""
    return heard.out


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in re.split("[│┃|]", line) if cell.strip()]


def test_warnings_alone_go_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    warn({"notes": [*ANSWER["notes"], "a warning: in the middle", "warning: two"]})
    heard = capsys.readouterr()
    assert heard.out == ""
    assert heard.err == "zhibao: warning: months leaks\nzhibao: warning: two\n"


def test_the_page_says_what_it_is_without_the_warnings(capsys: pytest.CaptureFixture[str]) -> None:
    said = shown(capsys)
    lines = said.splitlines()
    assert lines[0] == "lapse-0123456789ab (hazard.cox) in fits-here"
    assert lines[1] == "81 rows, 33 events"
    assert lines[2:4] == ["- cox was chosen", "- left out [bold]id[/bold]"]
    assert lines[-1] == "The whole of it: zhibao card fits-here"
    assert "months leaks" not in said


def test_candidates_stand_in_their_order_to_four_digits(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = [cells(line) for line in shown(capsys).splitlines()]
    assert ["candidate", "c_index", "rows"] in rows
    first, second = rows.index(["weibull", "0.7123", "40"]), rows.index(["cox", "0.5", "41"])
    assert second == first + 1


def test_candidates_by_name_print_as_those_in_a_list(capsys: pytest.CaptureFixture[str]) -> None:
    by_name = {
        row["candidate"]: {key: value for key, value in row.items() if key != "candidate"}
        for row in CANDIDATES
    }
    metrics = {**ANSWER["metrics"], "candidates": by_name}
    assert shown(capsys, metrics=metrics) == shown(capsys)


def test_a_candidate_without_a_figure_leaves_it_open(capsys: pytest.CaptureFixture[str]) -> None:
    short = [CANDIDATES[0], {"candidate": "null"}]
    said = shown(capsys, metrics={"candidates": short})
    assert ["null", "None", "None"] in [cells(line) for line in said.splitlines()]


def test_figures_out_of_time_go_before_all_others(capsys: pytest.CaptureFixture[str]) -> None:
    unseen = {"brier": 0.25, "rows": 7, "curve": [0.1], "by": {"a": 1}}
    rows = [cells(line) for line in shown(capsys).splitlines()]
    assert ["brier", "0.1235"] in rows
    metrics = {**ANSWER["metrics"], "out_of_time": unseen}
    rows = [cells(line) for line in shown(capsys, metrics=metrics).splitlines()]
    assert ["brier", "0.25"] in rows
    assert ["rows", "7"] in rows
    assert not {"curve", "by", "deciles"} & {row[0] for row in rows if row}


def test_nothing_tried_and_nothing_measured_still_prints(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = shown(capsys, metrics={}, tape={}, notes=[])
    assert "None rows, None events" in said
    assert said.endswith("zhibao card fits-here\n")


def test_progress_is_told_on_standard_error_alone(capsys: pytest.CaptureFixture[str]) -> None:
    with telling() as tell:
        tell("reading the table", 1, 3)
        tell("fitting a curve", 2, 3)
    heard = capsys.readouterr()
    assert heard.out == ""
    assert "fitting a curve" in heard.err
    assert "2/3" in heard.err
