"""Run many made-up losses through the engine and the oracle; print what was seen as JSON.

Run: python tests/oracles/sharing_run.py --seed 7 --waterfalls 50000
"""

import argparse
import json
import sys
import time
import tomllib
from collections import Counter

from sharing_cases import Seeded, made_recoveries, made_request, made_scheme
from sharing_check import Case, check_give_back
from sharing_oracle import Terms
from sharing_text import scheme_text

from underwriting.schemes import parse_scheme

REQUESTS_A_SCHEME = 50  # so that reading the scheme does not take the time


def run(seed: int, waterfalls: int) -> Counter[str]:
    """Check until `waterfalls` losses are shared; the first difference stops the run."""
    choose = Seeded(seed)
    seen: Counter[str] = Counter()
    while seen["shared"] < waterfalls:
        text = scheme_text(made_scheme(choose))
        scheme, written = parse_scheme(text), tomllib.loads(text)
        terms = Terms(written)
        seen.update(f"cap {cap.per}" for cap in scheme.caps)
        for _ in range(REQUESTS_A_SCHEME):
            shared = Case(scheme, terms, made_request(choose, written)).check(seen)
            if shared:
                check_give_back(scheme, shared, made_recoveries(choose))
    return seen


def main() -> int:
    """Read the arguments, run, print; exit 1 with the case where engine and oracle differ."""
    asked = argparse.ArgumentParser(description=__doc__)
    for name in ("--seed", "--waterfalls"):
        asked.add_argument(name, type=int, required=True)
    given = asked.parse_args()
    start = time.perf_counter()
    try:
        seen = run(given.seed, given.waterfalls)
    except AssertionError as difference:
        sys.stderr.write(f"seed {given.seed}: {difference}\n")
        return 1
    seconds = time.perf_counter() - start
    sys.stdout.write(json.dumps({"seed": given.seed, "seconds": seconds, "seen": seen}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
