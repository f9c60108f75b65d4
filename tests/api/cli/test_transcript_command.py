"""`zhibao transcript`: a statement worked out again from the command line."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from api.cli.main import app

LOAN = {
    "amount": {"amount": "3000000.00", "currency": "CNY"},
    "drawdown": "2025-01-31",
    "annual_rate": "0.0435",
    "plan": "bullet",
    "term_months": 2,
    "default_date": "2025-03-31",
    "waiting_days": 30,
    "account": {"day_count": "actual/360", "overdue": "whole"},
}
ROWS = (
    "日期,摘要,借方,贷方,余额",
    "2025-01-31,放款,3000000.00,,3000000.00",
    "2025-02-28,结息,10150.00,,3010150.00",
    "2025-02-28,还款,,10150.00,3000000.00",
    "2025-03-31,结息,11237.50,,3011237.50",
    "2025-04-30,罚息,16312.50,,3027550.00",
    "2025-04-30,复利,61.10,,3027611.10",
    "合计,,3037761.10,10150.00,",
)


def run(folder: Path, *more: str, loan: Any = None, rows: tuple[str, ...] = ROWS) -> Result:
    (folder / "loan.json").write_text(json.dumps({**LOAN, **(loan or {})}))
    (folder / "statement.csv").write_bytes("\n".join(rows).encode("gb18030"))
    asked = ["transcript", str(folder / "statement.csv"), "--loan", str(folder / "loan.json")]
    return CliRunner().invoke(app, [*asked, *more])


def test_a_statement_that_agrees_leaves_with_nought(tmp_path: Path) -> None:
    """3,000,000.00 at 4.35 % over 360: 28 and 31 days; 30 days at half as much again."""
    done = run(tmp_path, "--json", loan={"signed_by": "行长", "signed_on": "2025-05-01"})
    assert done.exit_code == 0, done.output
    answer = json.loads(done.stdout)
    assert answer["agreed"] is True
    assert answer["claimed"]["principal"]["amount"] == "3000000.00"
    assert answer["claimed"]["interest"]["amount"] == "22112.50"  # 11,237.50 and 30 days: 10,875.00
    assert answer["interest_to_default"]["amount"] == "11237.50"
    assert answer["claimed"]["penalty"]["amount"] == "5437.50"
    assert answer["claimed"]["compound_interest"]["amount"] == "61.10"
    assert [one["code"] for one in answer["findings"]] == [
        "penalty-stripped", "compound-interest-stripped",
    ]  # fmt: skip
    assert answer["assumed"] == ["interest_every", "penalty_factor", "compound", "order"]


def test_a_figure_that_differs_is_shown_and_leaves_with_one(tmp_path: Path) -> None:
    rows = (*ROWS[:4], "2025-03-31,结息,11237.51,,3011237.51")
    done = run(tmp_path, rows=rows)
    assert done.exit_code == 1
    assert "CNY 0.01" in done.stdout
    assert "interest-differs" in done.stdout
    assert "█" in done.stdout


def test_the_balance_is_drawn(tmp_path: Path) -> None:
    picture = tmp_path / "balance.svg"
    assert run(tmp_path, "--picture", str(picture)).exit_code == 0
    assert picture.read_bytes().lstrip().startswith(b"<?xml")


@pytest.mark.parametrize(
    ("loan", "words"),
    [
        ({"signed_by": "x"}, "signed_on"),
        ({"instalments": [{"on": "2025-03-31", "principal": LOAN["amount"]}] * 2}, "instalments"),
        ({"annual_rate": "2"}, "annual_rate"),
        ({"default_date": "2025-02-31"}, "default_date"),
        ({"account": {"penalty_factor": "1/2"}}, "penalty_factor"),
    ],
)
def test_what_is_wrong_is_one_line_and_no_traceback(tmp_path: Path, loan: Any, words: str) -> None:
    done = run(tmp_path, loan=loan)
    assert done.exit_code == 1
    assert done.stdout == ""
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "loan.json").write_text(json.dumps(LOAN))
    asked = ["transcript", str(tmp_path / "none.csv"), "--loan", str(tmp_path / "loan.json")]
    done = CliRunner().invoke(app, asked)
    assert done.exit_code == 1
    assert done.stderr.startswith("zhibao: none.csv: cannot be read")


def test_a_default_before_the_drawdown_is_refused_with_its_field(tmp_path: Path) -> None:
    done = run(tmp_path, loan={"default_date": "2024-11-30"})
    assert done.exit_code == 1
    assert "default_date: 2024-11-30 is before the loan's first day, 2025-01-31" in done.output


def test_a_line_before_the_drawdown_is_refused_with_its_number(tmp_path: Path) -> None:
    rows = (ROWS[0], "2025-01-30,还款,,500.00,", *ROWS[1:])
    done = run(tmp_path, rows=rows)
    assert done.exit_code == 1
    assert "line 2: 2025-01-30 is before the loan's first day" in done.output
