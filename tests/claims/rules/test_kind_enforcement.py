"""What an enforcement claim is paid, line by line, with every cut on the line that it hits."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from proposals import SAMPLES, a_basis, some_inputs

from claims.rules.kinds.counted import counted_over
from claims.rules.kinds.enforcement import ENFORCEMENT, LINES, approve, cuts, loss
from claims.rules.kinds.kind import Stated, Used
from claims.rules.kinds.stages import STAGES
from kernel.money import Money, parse_minor
from kernel.period import Period
from kernel.sharing import LossBase
from underwriting.products import product
from underwriting.products.infringement_loss.cover import test_cover as covered
from underwriting.products.infringement_loss.stated_payment import stated_payment
from underwriting.rules.contract import Contract

FOLDER = Path(__file__).parents[3] / "docs" / "casebook"
CASES = {
    path.stem: case
    for path in sorted(FOLDER.glob("*.toml"))
    if (case := tomllib.loads(path.read_text("utf-8")))["kind"] == "payment"
    and case["product"] == "infringement_loss"
}
DECIDED = {"found_on": "2026-08-03", "lost_on": "2026-08-03", "right_number": "ZL1"}
MUCH = 10**15
MINOR = st.integers(0, 10**9)


def sample() -> Contract:
    """The contract that a sound proposal would freeze."""
    line = product("infringement_loss")
    risk = line.risk.model_validate(dict(SAMPLES["infringement_loss"]), strict=False)
    return line.contract(risk, a_basis(some_inputs(risk)))


CONTRACT = sample()


def agreed(**terms: Any) -> dict[str, Any]:
    """Terms as a contract freezes them; no term bites unless it is given."""
    plain = {
        "perils": dict.fromkeys(LINES),
        "retention_minor": 0,
        "coinsurance": "0",
        "limit_minor": MUCH,
        "per_right_minor": None,
        "aggregate_minor": MUCH,
        "exempt_minor": None,
    }
    assert set(terms) <= set(plain)
    assert set(plain) <= set(CONTRACT.agreed), "the product freezes every one of them"
    return {**plain, **terms}


def stated(
    asked: Mapping[str, int],
    *,
    file: Mapping[str, Any] = DECIDED,
    adjusted: Mapping[str, tuple[int, str]] | None = None,
    room: int = MUCH,
    used: Used | None = None,
    **terms: Any,
) -> Stated:
    return Stated(
        contract=replace(CONTRACT, agreed={**CONTRACT.agreed, **agreed(**terms)}),
        event_on=date(2026, 3, 2),
        asked=asked,
        adjusted=adjusted or {},
        file=file,
        loss_base=LossBase.PRINCIPAL_INTEREST_COSTS,
        room=room,
        used=used or Used(),
    )


def paid(of: Stated) -> dict[str, int]:
    return {line.code: line.approved for line in approve(of)}


def taken(of: Stated) -> dict[tuple[str, str], int]:
    return {(cut.line, cut.term): cut.minor for cut in cuts(of)}


def of_case(case: Mapping[str, Any]) -> Stated:
    """A worked case of the product as a claim."""
    terms, lost = case["terms"], case["loss"]
    unit = terms["currency"]
    tops = terms.get("sublimits", {})
    amounts = {
        f"{name}_minor": parse_minor(terms[name], unit) if name in terms else None
        for name in ("retention", "limit", "per_right", "aggregate", "exempt")
    }
    perils = {
        name: parse_minor(tops[name], unit) if name in tops else None
        for name in LINES
        if name in terms["perils"]
    }
    minor = {name: parse_minor(text, unit) for name, text in lost.items()}
    came = {"received": minor.get("money", 0), "benefit_in_kind": minor.get("kind", 0)}
    found = stated(
        {name: minor[name] for name in LINES if name in minor},
        file={**DECIDED, **came},
        used=Used({"litigation": minor.get("used", 0)}, {"ZL1": minor.get("used_right", 0)}),
        perils=perils,
        coinsurance=terms["coinsurance"],
        **amounts,
    )
    sum_insured = Money(amounts["aggregate_minor"], unit)
    return replace(found, contract=replace(found.contract, sum_insured=sum_insured))


@pytest.mark.parametrize("name", sorted(CASES))
def test_the_casebook_is_paid_as_worked_out_by_hand(name: str) -> None:
    case = CASES[name]
    found, unit = of_case(case), case["terms"]["currency"]
    told = stated_payment(case["terms"], case["loss"])
    net = parse_minor(told["paid"], unit) - parse_minor(told["repaid"], unit)
    assert sum(paid(found).values()) == net
    expected = case["expected"]
    assert expected["paid"] == told["paid"]
    terms = dict.fromkeys(expected.get("cuts", {}), 0)
    for cut in cuts(found):
        if cut.term in terms:
            terms[cut.term] += cut.minor
    assert terms == {k: parse_minor(v, unit) for k, v in expected.get("cuts", {}).items()}


def test_there_are_cases_in_the_casebook() -> None:
    assert {"loss-every-term", "loss-ipisc-432000", "loss-benefit-in-kind"} <= set(CASES)


def test_each_cut_stands_on_the_line_that_it_hits() -> None:
    """60,000 of retention are 50,000.01 of one line and 9,999.99 of another."""
    found = taken(of_case(CASES["loss-every-term"]))
    assert found["investigation", "retention"] == 50_000_01
    assert found["litigation", "retention"] == 9_999_99
    assert found["litigation", "coinsurance"] == 48_000_00
    assert found["litigation", "sublimit"] == 42_000_01
    assert found["adverse_costs", "sublimit"] == 42_000_00
    assert found["loss_of_profit", "limit"] == 210_000_00
    assert found["adverse_costs", "limit"] == 30_000_00
    assert found["loss_of_profit", "per_right"] == 120_000_00
    assert not any(term == "aggregate" for _, term in found)


def test_a_reason_names_amount_and_clause() -> None:
    line = approve(stated({"litigation": 100_00}, retention_minor=30_00))[1]
    assert line.reason == (
        "每案免赔额 retention: -CNY 30.00 (wording: order of terms; schedule: retention)"
    )


def test_no_profit_is_paid_before_a_decision_found_the_infringement() -> None:
    asked = {"litigation": 500, "loss_of_profit": 700, "adverse_costs": 300}
    waiting = stated(asked, file={"right_number": "ZL1"})
    assert paid(waiting) == {
        "investigation": 0, "litigation": 500, "loss_of_profit": 0, "adverse_costs": 0,
    }  # fmt: skip
    assert taken(waiting) == {
        ("loss_of_profit", "not_established"): 700,
        ("adverse_costs", "not_established"): 300,
    }
    assert sum(paid(replace(waiting, file=DECIDED)).values()) == 1500


def test_what_the_infringer_paid_comes_off_first() -> None:
    """Lost profit of 700,000 less 200,000 received; retention and copay are of what is left."""
    file = {**DECIDED, "received": "200000.00"}
    of = stated(
        {"loss_of_profit": 700_000_00}, file=file, retention_minor=50_000_00, coinsurance="1/10"
    )
    assert paid(of)["loss_of_profit"] == 405_000_00
    assert taken(of)["loss_of_profit", "received"] == 200_000_00


def test_cost_that_was_awarded_comes_off_cost() -> None:
    file = {**DECIDED, "costs_received": {"amount": "900.00", "currency": "CNY"}}
    of = stated({"investigation": 500_00, "litigation": 700_00}, file=file)
    assert taken(of) == {
        ("litigation", "received"): 700_00,
        ("investigation", "received"): 200_00,
    }
    assert sum(paid(of).values()) == 300_00


def test_money_beyond_the_lost_profit_is_benefit() -> None:
    """700 lost and covered, 1,000 received: 300 of it repay cost, of 500 paid."""
    file = {**DECIDED, "received": 1000}
    of = stated({"litigation": 500, "loss_of_profit": 700}, file=file, exempt_minor=0)
    assert taken(of) == {("loss_of_profit", "received"): 700, ("litigation", "benefit"): 300}
    assert paid(of)["litigation"] == 200


def test_money_is_no_benefit_where_nothing_is_repaid() -> None:
    of = stated({"litigation": 500}, file={**DECIDED, "received": 1000})
    assert paid(of)["litigation"] == 500


def test_what_is_repaid_makes_up_what_the_aggregate_had_cut() -> None:
    """1,000 payable, 400 of aggregate left, 300 won: 700 are paid, 300 repaid, 400 stay."""
    file = {**DECIDED, "benefit_in_kind": 500}
    of = stated({"litigation": 1000}, file=file, aggregate_minor=400, exempt_minor=200)
    assert taken(of) == {("litigation", "aggregate"): 300, ("litigation", "benefit"): 300}
    assert paid(of)["litigation"] == 400


@given(
    parts=st.fixed_dictionaries(dict.fromkeys(LINES, MINOR)),
    limit=st.integers(1, 10**9),
    aggregate=st.integers(1, 10**9),
    used=MINOR,
    kind=MINOR,
)
def test_net_of_the_benefit_the_aggregate_is_kept(
    parts: dict[str, int], limit: int, aggregate: int, used: int, kind: int
) -> None:
    """As the price has it: min(room of the aggregate, max(0, payable - benefit))."""
    of = stated(
        parts,
        file={**DECIDED, "benefit_in_kind": kind},
        limit_minor=limit,
        aggregate_minor=aggregate,
        exempt_minor=0,
        used=Used({"litigation": used}),
    )
    payable = min(sum(parts.values()), limit)
    assert sum(paid(of).values()) == min(max(0, aggregate - used), max(0, payable - kind))


OPTIONAL = st.one_of(st.none(), st.integers(0, 10**9))


@given(
    asked=st.dictionaries(st.sampled_from(list(LINES)), MINOR),
    perils=st.dictionaries(st.sampled_from(list(LINES)), OPTIONAL, min_size=1),
    amounts=st.tuples(MINOR, MINOR, OPTIONAL, MINOR, OPTIONAL),
    coinsurance=st.fractions(0, Fraction(99, 100), max_denominator=100),
    used=st.tuples(MINOR, MINOR),
    came=st.tuples(MINOR, MINOR, MINOR),
    room=MINOR,
    decided=st.booleans(),
    allowed=MINOR,
)
def test_cuts_add_up_to_what_is_not_approved(
    *,
    asked: dict[str, int],
    perils: dict[str, int | None],
    amounts: tuple[Any, ...],
    coinsurance: Fraction,
    used: tuple[int, int],
    came: tuple[int, int, int],
    room: int,
    decided: bool,
    allowed: int,
) -> None:
    retention, limit, per_right, aggregate, exempt = amounts
    names = ("received", "costs_received", "benefit_in_kind")
    file = {
        **(DECIDED if decided else {"right_number": "ZL1"}),
        **dict(zip(names, came, strict=True)),
    }
    of = stated(
        asked,
        file=file,
        adjusted={"litigation": (allowed, "above the budget")},
        room=room,
        used=Used({"litigation": used[0]}, {"ZL1": used[1]}),
        perils=perils,
        retention_minor=retention,
        coinsurance=str(coinsurance),
        limit_minor=limit,
        per_right_minor=per_right,
        aggregate_minor=aggregate,
        exempt_minor=exempt,
    )
    found, lines = cuts(of), approve(of)
    for line in lines:
        own = sum(cut.minor for cut in found if cut.line == line.code)
        assert line.asked - own == line.approved
        assert 0 <= line.approved <= line.adjusted <= line.asked
        assert bool(line.reason) == (line.approved < line.asked)
    assert sum(line.approved for line in lines) <= min(room, limit, max(0, aggregate - used[0]))
    assert all(cut.minor > 0 and cut.clause and cut.words for cut in found)


def test_what_the_adjuster_does_not_allow_bears_no_retention() -> None:
    of = stated(
        {"litigation": 1000}, adjusted={"litigation": (600, "two counsel")}, retention_minor=100
    )
    line = approve(of)[1]
    assert (line.asked, line.adjusted, line.approved) == (1000, 600, 500)
    assert line.reason.startswith("two counsel: -CNY 4.00")


def test_every_line_is_shared_whatever_the_base_of_the_scheme() -> None:
    lines = approve(stated({"litigation": 500, "loss_of_profit": 700}))
    assert loss(lines, "CNY").base(LossBase.PRINCIPAL) == 1200


def test_the_facts_are_those_that_cover_is_tested_by() -> None:
    """Stated by their names, they leave no finding of an unknown fact but of conduct."""
    right = CONTRACT.agreed["rights"][0]
    start = CONTRACT.period.start
    dates = {fact.name: start.isoformat() for fact in ENFORCEMENT.facts if fact.form == "date"}
    file = {**dates, "right_number": right, "known_on": start.isoformat()}
    found = covered(CONTRACT, default_date=start, notified_on=start, file=file, on=start)
    conduct = {f"{finding.code}" for finding in found}
    assert not {"first-infringement-unknown", "right-unknown", "infringed-too-early"} & conduct
    assert ENFORCEMENT.product == "infringement_loss"


def test_an_aggregate_is_counted_over_the_policy_year_of_the_event() -> None:
    yearly = replace(
        CONTRACT,
        period=Period.of_months(date(2026, 3, 10), 30),
        agreed={**CONTRACT.agreed, "aggregate_basis": "policy_year"},
    )
    assert counted_over(yearly, date(2027, 3, 9)) == Period(date(2026, 3, 10), date(2027, 3, 9))
    assert counted_over(yearly, date(2027, 3, 10)) == Period(date(2027, 3, 10), date(2028, 3, 9))
    assert counted_over(yearly, date(2028, 9, 9)) == Period(date(2028, 3, 10), yearly.period.end)
    assert counted_over(CONTRACT, date(2026, 9, 1)) == CONTRACT.period


def test_the_cost_of_every_stage_is_claimed_under_a_line() -> None:
    assert set(STAGES.values()) <= set(LINES)
