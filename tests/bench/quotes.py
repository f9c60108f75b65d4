"""Quotes through the server: kept, previewed, beside an echo and a bare insert in the same run.

Paths are asked in turn, round after round, and a ratio is the median of those of the rounds, so
that whatever else the machine does strikes both sides alike.
"""

import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from load import CONNECTIONS, Load, Measured
from rich.console import Console
from rich.table import Table

HERE = Path(__file__).parent
ROUNDS, SECONDS = 7, 3.0
GRADES, TERMS = ("A", "BBB", "BB", "B"), (6, 12, 12, 18)
PATHS = {
    "echo": "/bench/echo",
    "preview": "/v1/quotes/preview",
    "row": "/bench/row",
    "quote": "/v1/quotes",
}


def body(number: int) -> dict[str, Any]:
    """A proposal like no other: amount, borrower, right, its days, grade and term differ."""
    filed = date(2020, 3, 1) - timedelta(days=number % 1461)
    right = {
        "kind": "invention",
        "number": f"ZL2020{number:08d}.X",
        "title": "自动装配装置 automatic assembly device",
        "owner": f"示范机械 {number}",
        "filed": filed.isoformat(),
        "granted": (filed + timedelta(days=796)).isoformat(),
        "expires": (filed + timedelta(days=7305)).isoformat(),
        "appraised": {"amount": "8600000.00", "currency": "CNY"},
        "appraised_on": "2025-01-20",
        "appraiser": "示范资产评估有限公司",
    }
    loan = {
        "contract": f"2026-{number}",
        "amount": {"amount": f"{2_000_000 + number}.00", "currency": "CNY"},
        "annual_rate": "0.0435",
        "term_months": TERMS[number % len(TERMS)],
        "drawdown": "2025-03-10",
        "plan": "bullet",
        "purpose": "流动资金 working capital",
        "refinancing": False,
        "ip_share": "1",
    }
    borrower = {
        "name": f"示范机械 {number}",
        "register_id": f"91442000M{number:09d}",
        "grade": GRADES[number // 7 % len(GRADES)],
    }
    cover = {"scheme": "qingdao-2015", "issuer": "insurer"}
    risk = {"product": "pledge_guarantee", "borrower": borrower, "loan": loan}
    return {"risk": {**risk, "rights": [right], "cover": cover}}


@contextmanager
def served(url: str) -> Iterator[Load]:
    """A server of its own, on a free port, with a database of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, str(HERE / "server.py"), str(port), url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            token, _ = server.stdout.readline().split()
            _wait(port)
            yield Load(port, token)
        finally:
            server.terminate()


def _wait(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("the server does not answer")


def measured(rounds: int = ROUNDS, seconds: float = SECONDS) -> dict[str, list[Measured]]:
    """Ask each path in turn, round after round, in one run."""
    with tempfile.TemporaryDirectory() as folder, served(f"sqlite:///{folder}/bench.db") as load:
        for path in PATHS.values():
            load.run(path, body, 0.5)
        found: dict[str, list[Measured]] = {name: [] for name in PATHS}
        for _ in range(rounds):
            for name, path in PATHS.items():
                found[name].append(load.run(path, body, seconds))
    return found


def rate(runs: list[Measured]) -> float:
    """Median answers a second."""
    return median(run.rate for run in runs)


def over(ours: list[Measured], theirs: list[Measured]) -> float:
    """Median of our throughput over theirs, round by round."""
    assert not sum(run.failed for run in (*ours, *theirs)), "every answer is one"
    return median(one.rate / other.rate for one, other in zip(ours, theirs, strict=True))


def compared() -> list[tuple[str, str, str, bool]]:
    """Show what was measured; return what is bounded, the bound, what was reached, if it held."""
    found = measured()
    table = Table(title=f"{CONNECTIONS} connections")
    for heading in ("path", "a second", "p50 ms", "p99 ms"):
        table.add_column(heading)
    for name, runs in found.items():
        times = (median(run.p50 for run in runs), median(run.p99 for run in runs))
        table.add_row(name, f"{rate(runs):.0f}", *(f"{time:.1f}" for time in times))
    Console().print(table)
    preview, quote = over(found["preview"], found["echo"]), over(found["quote"], found["row"])
    p99 = median(run.p99 for run in found["quote"])
    return [
        ("a preview over an echo of the same body", "0.60", f"{preview:.2f}", preview >= 0.60),
        ("a stored quote over a bare insert", "0.50", f"{quote:.2f}", quote >= 0.50),
        ("a stored quote, p99", "50 ms", f"{p99:.1f} ms", p99 < 50.0),
    ]


if __name__ == "__main__":
    for line in compared():
        Console().print(*line)
