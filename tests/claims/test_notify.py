"""ACT notify: what is opened, set aside and printed, and each refusal."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from builders import DEFAULT, NOTIFIED, House, a_notice, a_risk, shipped, yuan

from claims import store
from claims.facts import case_of, clock_file
from claims.notify import notify
from claims.rules.clocks import deadlines
from kernel.db import books
from kernel.db.engine import transact
from underwriting.register import Measure, state_measure

ZHONGSHAN = {"scheme": "zhongshan-2021"}


def test_a_notice_opens_a_claim_with_a_reserve(house: House) -> None:
    """60 % of 3,000,000.00 is the insurer's share."""
    policy = house.policy()
    claim = house.claim(policy, papers=("claim_form",))
    assert claim.state == "notified"
    assert claim.number.startswith("CL-20260312-")
    assert claim.reserve_minor == 180_000_000
    assert house.balances("case_reserve") == {"case_reserve": -180_000_000}
    assert claim.file == {
        "known_on": "2026-03-11",
        "papers": {"claim_form": "2026-03-12"},
        "of_notice": ["known_on"],
    }
    codes = [found["code"] for found in claim.findings]
    assert codes[0] == "waiting-period"
    assert {code for code in codes if code.endswith("-unknown")} == set(codes[1:])
    assert house.kinds("claim", claim.id) == ["notified"]


def test_the_reserve_is_of_what_can_be_approved(house: House) -> None:
    """Penalty falls away; interest is cut; 60 % of the rest."""
    policy = house.policy()
    asked = {"principal": 100_000_000, "interest": 100, "penalty": 999_999_999}
    assert house.claim(policy, asked=asked).reserve_minor == 60_000_060


def test_the_whole_is_set_aside_where_a_fact_is_missing(house: House) -> None:
    """A notice is never refused for a ratio that nobody has stated."""
    risk = a_risk(
        cover={"scheme": "guangzhou-2025", "issuer": "fund"},
        loan={"drawdown": "2025-10-10"},
    )
    when = date(2025, 10, 1)
    scheme = shipped("guangzhou-2025").scheme
    policy = _policy_with_ratio(house, risk, scheme, when)
    claim = house.claim(policy, default_date=date(2025, 12, 1), known_on=date(2025, 12, 1))
    assert claim.reserve_minor == 120_000_000  # 40 % of it with the ratio
    other = _without_measures(house)
    again = other.claim(policy, default_date=date(2025, 12, 2), known_on=date(2025, 12, 2))
    assert again.reserve_minor == 300_000_000


def _policy_with_ratio(house: House, risk: Any, scheme: Any, on: date) -> Any:
    measure = Measure("bank_npl_loss_ratio", Fraction(1, 100), on, "the bank")
    house.do(state_measure, scheme, house.client_id, measure, on=on)
    return house.policy(risk, on=on)


def _without_measures(house: House) -> House:
    def wipe(session: Any) -> None:
        session.connection().exec_driver_sql("DELETE FROM measure")

    transact(house.engine, wipe)
    return house


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"default_date": NOTIFIED + timedelta(days=1)}, "default_date"),
        ({"known_on": NOTIFIED + timedelta(days=1)}, "known_on"),
        ({"known_on": DEFAULT - timedelta(days=1)}, "known_on"),
        ({"currency": "EUR"}, "asked.principal.currency"),
        ({"asked": {}}, "asked"),
        ({"asked": {"principal": 0}}, "asked"),
        pytest.param(
            {"asked": {"principal": -5, "interest": 10}},
            "asked",
        ),
        pytest.param(
            {"asked": {"lost_profit": 5}},
            "asked",
        ),
        ({"papers": ("claim_form", "love_letter")}, "papers"),
    ],
)
def test_a_notice_that_is_wrong_is_refused(
    house: House, changes: dict[str, Any], field: str
) -> None:
    policy = house.policy()
    refused = house.refuse("invalid", notify, a_notice(policy, **changes), on=NOTIFIED)
    assert refused.faults[0].field.startswith(field)


def test_one_default_is_one_claim(house: House) -> None:
    policy = house.policy()
    first = house.claim(policy)
    refused = house.refuse("claim-twice", notify, a_notice(policy), on=NOTIFIED)
    assert first.id in refused.faults[0].cure
    later = DEFAULT + timedelta(days=1)
    second = house.claim(policy, default_date=later, known_on=later)
    claims = house.read(lambda s: store.claim_on(s, policy.id))
    assert [claim.id for claim in claims] == [first.id, second.id]


def test_a_policy_that_is_not_there(house: House) -> None:
    policy = house.policy()
    house.refuse("no-such-policy", notify, a_notice(policy, policy_id="po_none"), on=NOTIFIED)


def test_a_default_outside_the_cover_is_recorded_and_found(house: House) -> None:
    policy = house.policy()
    day = date(2026, 4, 10)
    claim = house.claim(policy, default_date=day, known_on=day, on=date(2026, 4, 12))
    assert "not-in-force" in [found["code"] for found in claim.findings]


def test_the_clocks_start_with_the_notice(house: House) -> None:
    claim = house.claim(house.policy())
    case = house.read(lambda s: case_of(s, claim.id))
    assert {clock.code: clock.due for clock in deadlines(clock_file(case))} == {
        "assess": date(2026, 4, 11),
        "advance": date(2026, 5, 31),
        "limitation": date(2028, 3, 11),
    }


def test_a_pool_is_not_charged_by_a_notice(house: House) -> None:
    house.pool(shipped("zhongshan-2021"), "fund", yuan("70000000.00"))
    claim = house.claim(house.policy(a_risk(cover=ZHONGSHAN)))
    assert claim.reserve_minor == 48_000_000
    money = house.read(lambda s: books.balance(s, "pool_money:zhongshan-2021:fund", "CNY"))
    assert money == 7_000_000_000


def test_claims_are_listed_newest_first_by_bank(house: House) -> None:
    policy = house.policy()
    days = [DEFAULT + timedelta(days=n) for n in range(3)]
    ids = [
        house.claim(policy, default_date=day, known_on=day, on=day + timedelta(days=1)).id
        for day in days
    ]

    def listed(**named: Any) -> list[str]:
        return [row.id for row in house.read(lambda s: store.claims(s, **{"after": None, **named}))]

    assert listed(client_id=house.client_id, limit=2) == ids[:0:-1]
    assert listed(client_id=None, limit=2, after=ids[1]) == ids[:1]
    assert listed(client_id="pt_other", limit=2) == []
