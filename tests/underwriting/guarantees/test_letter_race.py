"""Two hundred draws at once on one letter: never above its limit, and each event counts once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

from builders import a_desk
from guaranteeing import a_use

from kernel.db.engine import read, transact
from kernel.errors import Conflict
from underwriting.guarantees import store
from underwriting.guarantees.audit import verify_letters
from underwriting.reserve_tax import reserve_tax

DRAWS, EACH, LIMIT = 200, 20_000_00, 3_000_000_00
ON = date(2025, 3, 12)


def _draw(issuer: Any, letter: Any, number: str) -> str:
    desk = a_desk(ON, "clerk")
    use = a_use(number, "20000.00")
    try:
        transact(issuer.engine, lambda s: reserve_tax(s, letter.id, use, desk=desk))
    except Conflict as refused:
        return refused.code
    return "reserved"


def test_two_hundred_parallel_draws_fill_the_limit_and_never_pass_it(issuer: Any) -> None:
    letter = issuer.accepted()
    with ThreadPoolExecutor(DRAWS) as pool:
        found = Counter(pool.map(lambda n: _draw(issuer, letter, f"D{n}"), range(DRAWS)))
    assert found == {"reserved": LIMIT // EACH, "above-available": DRAWS - LIMIT // EACH}
    row = issuer.see(letter)
    assert (row.reserved_minor, row.limit_minor) == (LIMIT, LIMIT)
    assert read(issuer.engine, verify_letters) == ()


def test_one_event_sent_from_twenty_sides_counts_once(issuer: Any) -> None:
    letter = issuer.accepted()
    with ThreadPoolExecutor(8) as pool:
        found = Counter(pool.map(lambda _: _draw(issuer, letter, "D1"), range(20)))
    assert found == {"reserved": 20}
    uses = read(issuer.engine, lambda s: store.uses(s, letter.id))
    assert [(one.declaration, one.reserved_minor) for one in uses] == [("D1", EACH)]
