"""Prices by processes of their own: what comes back is what the server would have made itself."""

import json
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from callers import Counter, a_proposal

from api.rater import opened
from api.raters import Raters
from kernel.errors import Conflict, Fault, Invalid, Refusal
from kernel.settings import Settings

pytestmark = pytest.mark.slow

ORPHAN = """
import sys
from pathlib import Path
from api.raters import Raters
from kernel.settings import Settings
if __name__ == "__main__":
    raters = Raters(Settings(database_url=sys.argv[1]), 2)
    pids = [str(process.pid) for process in raters._pool._processes.values()]
    sys.stdout.write(" ".join(pids) + "\\n")
    sys.stdout.flush()
    sys.stdin.read()
"""


@pytest.fixture
def staffed(counter: Counter, database_url: str) -> Iterator[Counter]:
    """A house with raters behind its counter."""
    raters = Raters(Settings(database_url=database_url), 2)
    counter.app.state.house = replace(counter.app.state.house, raters=raters)
    counter.a_pool()
    yield counter
    raters.close()


def receipt(counter: Counter, by: str = "bank") -> bytes:
    answer = counter.caller[by].ask("POST", "/v1/quotes/preview", {"risk": a_proposal()})
    assert answer.status_code == 200, answer.text
    return answer.content


def pids(counter: Counter) -> list[int]:
    """Processes that price."""
    return [*counter.app.state.house.raters._pool._processes]


def test_a_receipt_is_the_same_from_either(staffed: Counter) -> None:
    theirs = receipt(staffed)
    staffed.app.state.house = replace(staffed.app.state.house, raters=None)
    assert receipt(staffed) == theirs


def test_a_quote_drafted_elsewhere_is_kept_and_replays(staffed: Counter) -> None:
    quote = staffed.a_quote()
    again = staffed.caller["bank"].get(f"/v1/quotes/{quote['id']}/replay")
    assert again["same"]
    assert quote["findings"] == staffed.caller["bank"].get(f"/v1/quotes/{quote['id']}")["findings"]


def test_what_was_kept_a_moment_ago_is_seen(staffed: Counter) -> None:
    """A rater reads the database and not a copy: more in the pool shows in the next receipt."""
    before = json.loads(receipt(staffed))["inputs"]["facts"]["balances"]
    (pool,) = staffed.caller["underwriter"].get("/v1/pools")["items"]
    more = {"amount": {"amount": "500000.00", "currency": "CNY"}, "reference": "2025-2"}
    staffed.caller["underwriter"].post(f"/v1/pools/{pool['id']}/contributions", more)
    after = json.loads(receipt(staffed))["inputs"]["facts"]["balances"]
    assert after == {"fund": before["fund"] + 500_000_00}


def test_a_refusal_crosses_whole(staffed: Counter) -> None:
    wrong = {"risk": a_proposal(cover={"scheme": "not-there"})}
    answer = staffed.caller["bank"].ask("POST", "/v1/quotes", wrong)
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["field"] == "risk.cover.scheme"


@pytest.mark.parametrize("kind", [Invalid, Conflict])
def test_every_refusal_can_cross(kind: type[Refusal]) -> None:
    one = kind("some-code", Fault("a", "is wrong", "mend it"), Fault("b", "too", "mend it too"))
    two = pickle.loads(pickle.dumps(one))
    assert (type(two), two.code, two.faults, str(two)) == (kind, one.code, one.faults, str(one))


def test_raters_that_are_killed_lose_nobody_a_price(staffed: Counter) -> None:
    wanted = receipt(staffed)
    for round_ in range(2):
        killed = pids(staffed)
        for pid in killed:
            os.kill(pid, signal.SIGKILL)
        with ThreadPoolExecutor(6) as asking:
            found = [*asking.map(lambda _: receipt(staffed), range(6))]
        assert set(found) == {wanted}, round_
    assert not {*killed} & {*pids(staffed)}


def test_raters_end_with_the_server_that_is_killed(sqlite_url: str, tmp_path: Path) -> None:
    """No process stays behind when the server had no time to send them home."""
    script = tmp_path / "orphan.py"
    script.write_text(ORPHAN, encoding="utf-8")
    folder = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, str(script), sqlite_url]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=folder) as server:
        assert server.stdout is not None
        raters = [int(pid) for pid in server.stdout.readline().split()]
        assert len(raters) == 2
        time.sleep(1)
        server.kill()
    until = time.monotonic() + 30
    while any(map(alive, raters)):
        assert time.monotonic() < until, "a rater stayed behind"
        time.sleep(0.1)


def alive(pid: int) -> bool:
    """Whether it runs; one that ended and was not asked after is no process any more."""
    state = Path(f"/proc/{pid}/stat")
    try:
        return state.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_rater_has_a_server() -> None:
    with pytest.raises(AssertionError, match="has a server"):
        opened(Settings())
