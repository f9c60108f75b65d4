import json
import os
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sharing_cases import made_recoveries, made_request, made_scheme
from sharing_check import Case, check_give_back
from sharing_oracle import Terms
from sharing_text import scheme_text

from underwriting.schemes import parse_scheme

RUN = Path(__file__).parents[2] / "oracles" / "sharing_run.py"
WATERFALLS = int(os.environ.get("WATERFALLS", "1000000"))
EXAMPLES = int(os.environ.get("EXAMPLES", "20000"))
SEEDS = (20210910, 20240724)

_Item = TypeVar("_Item")


def _start(seed: int) -> subprocess.Popen[str]:
    half = str(-(-WATERFALLS // len(SEEDS)))
    return subprocess.Popen(
        [sys.executable, str(RUN), "--seed", str(seed), "--waterfalls", half],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.slow
def test_a_million_made_up_losses_are_shared_as_the_oracle_shares_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    runs = [_start(seed) for seed in SEEDS]
    answers = [(run, *run.communicate()) for run in runs]
    seen: Counter[str] = Counter()
    for run, printed, said in answers:
        assert run.returncode == 0, said
        result = json.loads(printed)
        seen.update(result["seen"])
        rate = result["seen"]["shared"] / result["seconds"]
        with capsys.disabled():
            sys.stdout.write(f"\nseed {result['seed']}: {rate:,.0f} losses a second\n")
    assert seen["shared"] >= WATERFALLS
    reached = ("bracket", "fuse", "cap", "default", "takes", "uncovered", "refused")
    kinds = [f"cap {per}" for per in ("loan", "year", "portfolio", "pool_balance")]
    rare = {name: seen[name] for name in reached if seen[name] < WATERFALLS / 100}
    assert not rare, "the generator no longer reaches these"
    assert all(seen[kind] for kind in kinds)


_wholes = lru_cache(st.integers)


class Drawn:
    """Choices that Hypothesis makes, and makes smaller when one fails."""

    def __init__(self, draw: Any) -> None:
        self.draw = draw

    def whole(self, low: int, high: int) -> int:
        drawn: int = self.draw(_wholes(low, high))
        return drawn

    def pick(self, items: Sequence[_Item]) -> _Item:
        return items[self.whole(0, len(items) - 1)]


@st.composite
def _cases(draw: Any) -> tuple[str, dict[str, Any], list[tuple[int, int, int, int]]]:
    choose = Drawn(draw)
    written = made_scheme(choose)
    return scheme_text(written), made_request(choose, written), made_recoveries(choose)


@pytest.mark.slow
@settings(
    max_examples=EXAMPLES,
    deadline=None,  # the machine of the day decides how long one takes
    phases=[phase for phase in Phase if phase is not Phase.explain],  # it takes minutes
    suppress_health_check=[HealthCheck.too_slow],  # a whole scheme is drawn for each example
)
@given(_cases())
def test_any_loss_under_any_scheme_is_shared_as_the_oracle_shares_it(
    drawn: tuple[str, dict[str, Any], list[tuple[int, int, int, int]]],
) -> None:
    text, request, recoveries = drawn
    scheme = parse_scheme(text)
    shared = Case(scheme, Terms(tomllib.loads(text)), request).check(Counter())
    if shared:
        check_give_back(scheme, shared, recoveries)
