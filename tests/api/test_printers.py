"""Papers by processes of their own: the same bytes, whoever prints and whoever dies meanwhile."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from callers import Counter

from api.printers import Printers
from documents.press import Press, print_stated
from kernel.db import books
from kernel.db.engine import read
from kernel.errors import NotFound

pytestmark = pytest.mark.slow

ORPHAN = """
import sys
from api.printers import Printers
if __name__ == "__main__":
    printers = Printers(1)
    try:
        printers.print('{"edition":1,"form":{},"kind":"gone"}')
    except Exception:
        pass
    sys.stdout.write(f"{[*printers._pool._processes][0]}\\n")
    sys.stdout.flush()
    sys.stdin.read()
"""


@pytest.fixture
def printers() -> Iterator[Printers]:
    hired = Printers(1)
    yield hired
    hired.close()


@pytest.fixture
def said(counter: Counter) -> str:
    """What a policy schedule says."""
    counter.a_pool()
    subject = books.Subject("policy", counter.a_policy()["id"])
    (paper,) = read(counter.engine, lambda s: books.documents(s, subject))
    return paper.stated


def test_another_process_prints_the_same_and_is_replaced_when_it_dies(
    printers: Printers, said: str
) -> None:
    assert not printers._pool._processes, "nobody starts before a paper waits"
    here = print_stated(said)
    assert printers.print(said) == here
    (first,) = printers._pool._processes
    os.kill(first, signal.SIGKILL)
    assert printers.print(said) == here
    assert printers.print(said) == here
    assert [*printers._pool._processes] != [first]
    with pytest.raises(NotFound, match="no-such-form"):
        printers.print('{"edition":1,"form":{},"kind":"gone"}')


def test_a_house_prints_over_there(printers: Printers, counter: Counter, said: str) -> None:
    press = Press(printer=printers.print)
    counter.app.state.house = replace(counter.app.state.house, press=press)
    policy = counter.caller["bank"].get("/v1/policies")["items"][0]
    asked = {"subject_type": "policy", "subject_id": policy["id"]}
    (paper,) = counter.caller["bank"].get("/v1/documents", **asked)["items"]
    answer: Any = counter.caller["bank"].ask("GET", paper["content"])
    assert answer.content == print_stated(said).content
    assert len(printers._pool._processes) == 1


def test_a_printer_goes_when_its_server_is_killed() -> None:
    server = subprocess.Popen(
        [sys.executable, "-c", ORPHAN], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    pid = int(server.stdout.readline())
    assert _alive(pid)
    server.kill()
    server.communicate()
    for _ in range(100):
        if not _alive(pid):
            return
        time.sleep(0.1)
    pytest.fail("the printer outlived its server")


def _alive(pid: int) -> bool:
    """Whether it runs; one that ended and was not asked after is no process any more."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return state.rpartition(")")[2].split()[0] != "Z"
