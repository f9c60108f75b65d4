"""Quotes through the server: kept, previewed, beside an echo and a bare insert in the same run."""

import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from load import CONNECTIONS, Load, Measured

HERE = Path(__file__).parent
ROUNDS, SECONDS = 5, 3.0
PATHS = {
    "echo": "/bench/echo",
    "preview": "/v1/quotes/preview",
    "row": "/bench/row",
    "quote": "/v1/quotes",
}


def body(number: int) -> dict[str, Any]:
    """A proposal like no other: amount, borrower and right differ."""
    right = {
        "kind": "invention",
        "number": f"ZL2020{number:08d}.X",
        "title": "自动装配装置 automatic assembly device",
        "owner": f"示范机械 {number}",
        "filed": "2020-03-01",
        "granted": "2022-05-06",
        "expires": "2040-03-01",
        "appraised": {"amount": "8600000.00", "currency": "CNY"},
        "appraised_on": "2025-01-20",
        "appraiser": "示范资产评估有限公司",
    }
    loan = {
        "contract": f"2026-{number}",
        "amount": {"amount": f"{2_000_000 + number}.00", "currency": "CNY"},
        "annual_rate": "0.0435",
        "term_months": 12,
        "drawdown": "2025-03-10",
        "plan": "bullet",
        "purpose": "流动资金 working capital",
        "refinancing": False,
        "ip_share": "1",
    }
    borrower = {
        "name": f"示范机械 {number}",
        "register_id": f"91442000M{number:09d}",
        "grade": "BB",
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


def compared() -> list[tuple[str, str, str, bool]]:
    """Return what is bounded, the bound, what was reached and whether it held."""
    found = measured()
    rates = {name: rate(runs) for name, runs in found.items()}
    assert not any(run.failed for runs in found.values() for run in runs), "every answer is 2xx"
    preview, quote = rates["preview"] / rates["echo"], rates["quote"] / rates["row"]
    p99 = median(run.p99 for run in found["quote"])
    shown = f"{rates['quote']:.0f} a second, {CONNECTIONS} connections"
    return [
        ("a preview over an echo of the same body", "0.60", f"{preview:.2f}", preview >= 0.60),
        ("a stored quote over a bare insert", "0.50", f"{quote:.2f} ({shown})", quote >= 0.50),
        ("a stored quote, p99", "50 ms", f"{p99:.1f} ms", p99 < 50.0),
    ]
