"""The tour of the README, run with curl against a real server on a fixed day."""

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
import uvicorn

from api.app import create_app
from kernel.clock import FixedClock
from kernel.db.engine import make_engine
from kernel.settings import Settings

TOUR = Path(__file__).parents[2] / "docs" / "tour.sh"
PAPERS = {
    "quote_letter",
    "policy_schedule",
    "claim_receipt",
    "settlement_statement",
    "call_letter",
    "recovery_statement",
}


@pytest.mark.skipif(shutil.which("curl") is None, reason="the tour calls curl, which is not here")
def test_the_tour_runs_to_its_end(database_url: str, tmp_path: Path) -> None:
    clock = FixedClock(datetime(2026, 6, 1, 2, tzinfo=UTC))
    engine = make_engine(database_url)
    app = create_app(Settings(database_url=database_url), engine=engine, clock=clock)
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        try:
            for _ in range(100):
                if server.started:
                    break
                time.sleep(0.1)
            port = bound.getsockname()[1]
            done = subprocess.run(
                ["bash", str(TOUR)],
                capture_output=True,
                text=True,
                check=False,
                cwd=tmp_path,
                env={
                    **os.environ,
                    "API": f"http://127.0.0.1:{port}",
                    "TODAY": "2026-06-01",
                    "ZHIBAO": str(Path(sys.executable).parent / "zhibao"),
                    "ZHIBAO_DATABASE_URL": database_url,
                },
            )
        finally:
            server.should_exit = True
            thread.join(timeout=30)
            engine.dispose()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "insurer    bears    480000.00" in done.stdout
    assert "insurer    gets    108800.00" in done.stdout
    papers = {path.stem for path in (tmp_path / "tour-out").glob("*.pdf")}
    assert papers == PAPERS
    assert all(
        (tmp_path / "tour-out" / f"{name}.pdf").read_bytes().startswith(b"%PDF") for name in papers
    )
