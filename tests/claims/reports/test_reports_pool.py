"""A pool as it stood on any day, against the counters as they were and a reading of raw rows."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from report_world import RATIOS, SNAPSHOTS, TODAY, World
from sqlmodel import select

from claims.reports.moved import Whose, charged, given_back
from claims.reports.pool_forecast import pool_forecast
from claims.reports.pool_state import PoolState, pool_state
from claims.rules.forecast.expected import expected_draws
from claims.rules.reporting.fuse_state import FuseState
from claims.tables import ClaimRow, SettlementRow, ShareRow
from kernel.db.tables import JournalRow, PostingRow
from kernel.errors import Invalid
from underwriting.loan_events.tables import LoanEventRow
from underwriting.tables import PolicyRow, PoolRow

pytestmark = pytest.mark.slow  # a world takes its time to be made, once on each database
POOLS = ("zhongshan-2021", "city-b")
DAYS = [(day, code) for day in SNAPSHOTS for code in POOLS]


def state(world: World, code: str, on: date) -> PoolState:
    scheme, pool = world.schemes[code], world.pools[code]
    return world.read(lambda s: pool_state(s, pool, scheme, on, today=TODAY))


def rows(world: World, table: Any) -> list[Any]:
    return world.read(lambda s: list(s.exec(select(table))))


def test_the_world_has_what_it_should(world: World) -> None:
    states = [claim.state for claim in rows(world, ClaimRow)]
    assert len(rows(world, PolicyRow)) == 60
    assert len(states) == 25
    assert {"settled", "denied"} <= set(states)
    assert max(row.sequence for row in rows(world, SettlementRow)) > 1, "one was revised"


@pytest.mark.parametrize(("on", "code"), DAYS)
def test_every_day_is_what_the_counters_said_then(world: World, on: date, code: str) -> None:
    """The counters were written down at the end of that day; the state is read much later."""
    found, then = state(world, code, on), world.seen[on, code]
    assert found.contributed == then["contributed"]
    assert found.drawn == then["drawn"]
    assert found.balance == then["contributed"] - then["drawn"]
    assert found.called == then["called"]
    assert {one.claim.number: one.issuer for one in found.reserved} == then["reserves"]
    years = [cap.used for cap in found.caps if cap.per == "year"]
    assert years == ([then["year"]] if code == "city-b" else [])


@pytest.mark.parametrize(("on", "code"), DAYS)
def test_the_journal_says_the_same_balance(world: World, on: date, code: str) -> None:
    heads = {head.id: head.booked_on for head in rows(world, JournalRow)}
    lines = [
        line.amount_minor
        for line in rows(world, PostingRow)
        if line.account == f"pool_money:{code}:fund" and heads[line.entry_id] <= on
    ]
    assert state(world, code, on).balance == sum(lines)


def test_today_is_the_row_of_today(world: World) -> None:
    for code, id_ in world.pools.items():
        pool, found = world.read(lambda s, i=id_: s.get(PoolRow, i)), state(world, code, TODAY)
        assert (found.contributed, found.drawn) == (pool.contributed_minor, pool.drawn_minor)


@pytest.mark.parametrize("code", POOLS)
def test_shares_and_parts_are_those_of_the_rows(world: World, code: str) -> None:
    """Charged: the newest settlement of each claim; given back: what its shares say today."""
    policies = {row.id for row in rows(world, PolicyRow) if row.scheme_code == code}
    claims = {row.id for row in rows(world, ClaimRow) if row.policy_id in policies}
    newest: dict[str, SettlementRow] = {}
    for row in sorted(rows(world, SettlementRow), key=lambda one: one.sequence):
        if row.claim_id in claims:
            newest[row.claim_id] = row
    ids = {row.id for row in newest.values()}
    shares = [s for s in rows(world, ShareRow) if s.settlement_id in ids and s.party == "fund"]
    found = state(world, code, TODAY)
    assert found.charged == sum(share.paid_minor for share in shares) > 0
    assert found.given_back == sum(share.given_back_minor for share in shares) > 0
    of = Whose(code, "fund", "CNY")
    assert -sum(m.minor for m in world.read(lambda s: charged(s, of))) == found.charged
    assert sum(m.minor for m in world.read(lambda s: given_back(s, of))) == found.given_back


def _account(events: list[LoanEventRow], on: date) -> tuple[int, str]:
    owed, grade = 0, "normal"
    for event in sorted(events, key=lambda one: (one.happened_on, one.seq)):
        if event.happened_on > on:
            continue
        owed += event.principal_minor * {"disbursed": 1, "prepaid": -1}.get(event.kind, 0)
        grade = event.loan_class or grade
    return owed, grade


@pytest.mark.parametrize("on", [date(2025, 9, 28), date(2026, 3, 28)])
@pytest.mark.parametrize("code", POOLS)
def test_the_volume_is_that_of_the_rows(world: World, code: str, on: date) -> None:
    """Nothing was endorsed, so the policy row is the whole life of a policy."""
    reported: dict[str, list[LoanEventRow]] = {}
    for event in rows(world, LoanEventRow):
        if event.booked_on <= on:
            reported.setdefault(event.policy_id, []).append(event)
    eligible = taken = secured = owed = bad = 0
    for policy in rows(world, PolicyRow):
        if policy.scheme_code != code:
            continue
        loan = policy.contract["loan"]
        amount, share = int(Fraction(loan["amount"]) * 100), Fraction(loan["ip_share"])
        counts = int(amount * share) if code == "zhongshan-2021" else amount
        taken += counts
        left, grade = _account(reported.get(policy.id, []), on)
        if policy.id in reported and left:
            owed += left
            bad += left if grade in ("substandard", "doubtful") else 0
        if policy.starts_on <= on <= policy.ends_on:
            eligible += counts
            if policy.id not in reported:
                left = _planned(loan, on)
            secured += int(left * share + Fraction(1, 2))
    volume = state(world, code, on).volume
    assert (volume.eligible, volume.taken) == (eligible, taken)
    assert (volume.reported, volume.bad) == (owed, bad)
    assert volume.secured == secured
    assert volume.bad_ratio == Fraction(bad, owed)


def _planned(loan: Any, on: date) -> int:
    out = date.fromisoformat(loan["drawdown"])
    months = (on.year - out.year) * 12 + on.month - out.month - (on.day < out.day)
    return int(loan["balances"][months]) if months < loan["term_months"] else 0


@pytest.mark.parametrize("code", POOLS)
def test_leverage_and_room_follow_from_the_figures(world: World, code: str) -> None:
    found = state(world, code, date(2026, 3, 28))
    promised = 10 if code == "zhongshan-2021" else 8
    assert found.leverage == Fraction(found.volume.eligible, found.balance)
    assert found.room == promised * found.contributed - found.volume.eligible
    assert found.paid_ratio == Fraction(found.charged - found.given_back, found.volume.taken)


def test_the_part_of_open_claims_is_the_share_beside_the_issuers(world: World) -> None:
    """Zhongshan: 54 to 16, whatever the loss."""
    some = 0
    for on in SNAPSHOTS:
        for one in state(world, "zhongshan-2021", on).reserved:
            assert abs(one.party - Fraction(one.issuer * 54, 16)) <= 4
            some += one.party > 0
    assert some > 3


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2025, 6, 30), (FuseState.ARMED, date(2025, 2, 28))),  # stated ten days later
        (date(2025, 7, 28), (FuseState.NEAR, date(2025, 6, 30))),
        (date(2026, 3, 28), (FuseState.NEAR, date(2025, 6, 30))),
        (TODAY, (FuseState.BLOWN, date(2026, 6, 30))),
    ],
)
def test_a_fuse_says_its_state_and_since_when(world: World, on: date, expected: Any) -> None:
    """Stated: 2 %, 4.1 %, 4.5 %, 5.1 %, 6 %; it blows above 5 % and is near from 4 %."""
    assert len(RATIOS) == 5
    fuses = state(world, "city-b", on).fuses
    assert len(fuses) == 2, "one for each bank"
    for fuse in fuses:
        assert (fuse.stands.state, fuse.stands.since) == expected


def test_a_day_ahead_is_refused(world: World) -> None:
    with pytest.raises(Invalid, match="lies ahead"):
        state(world, "city-b", date(2030, 1, 1))


@pytest.mark.parametrize("code", POOLS)
def test_a_forecast_rests_on_what_can_still_happen(world: World, code: str) -> None:
    """A loan with a claim that was not denied has no default ahead; the rest of them has."""
    on = date(2025, 12, 28)
    scheme, pool = world.schemes[code], world.pools[code]
    found = world.read(lambda s: pool_forecast(s, pool, scheme, on, today=TODAY))
    again = world.read(lambda s: pool_forecast(s, pool, scheme, on, today=TODAY))
    assert found.forecast == again.forecast
    hit = {c.policy_id for c in rows(world, ClaimRow) if c.notified_on <= on}
    alive = {
        p.number
        for p in rows(world, PolicyRow)
        if p.scheme_code == code and p.ends_on >= on and p.id not in hit
    }
    ahead = {one.key for one in found.outlook.policies}
    denied = {
        p.number
        for p in rows(world, PolicyRow)
        if p.id in {c.policy_id for c in rows(world, ClaimRow) if c.state == "denied"}
    }
    assert ahead - denied == alive - denied
    reserved = sum(one.party for one in found.state.reserved)
    assert sum(flow.minor for flow in found.outlook.flows if flow.minor > 0) == reserved
    assert found.outlook.balance == world.read(lambda s: found.state.balance)
    drawn = expected_draws(found.outlook).cumsum()
    if found.outlook.year_cap is None:
        left = [max(0, round(found.outlook.balance - float(sum_))) for sum_ in drawn]
        assert [point.expected for point in found.forecast.curve] == left
