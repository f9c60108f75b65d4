"""What a liability claim is paid, part by part, with every cut on the part that it hits."""

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

from claims.rules.kinds.kind import Stated, Used
from claims.rules.kinds.liability import LIABILITY, LINES, MITIGATION, approve, cuts, loss
from claims.rules.kinds.liability_terms import terms_of
from claims.rules.related import claim_to_join
from kernel.errors import Invalid
from kernel.money import Money, parse_minor
from kernel.sharing import LossBase
from underwriting.products import product
from underwriting.products.infringement_liability.cover import test_cover as covered
from underwriting.products.infringement_liability.stated_payment import stated_payment
from underwriting.products.infringement_liability.suit_terms import STAGES
from underwriting.rules.contract import Contract

FOLDER = Path(__file__).parents[3] / "docs" / "casebook"
CASES = {
    path.stem: case
    for path in sorted(FOLDER.glob("*.toml"))
    if (case := tomllib.loads(path.read_text("utf-8")))["kind"] == "payment"
    and case["product"] == "infringement_liability"
}
MUCH = 10**15
MINOR = st.integers(0, 10**9)
MADE = date(2026, 5, 4)


def sample() -> Contract:
    """The contract that a sound proposal would freeze."""
    line = product("infringement_liability")
    risk = line.risk.model_validate(dict(SAMPLES["infringement_liability"]), strict=False)
    return line.contract(risk, a_basis(some_inputs(risk)))


CONTRACT = sample()


def agreed(**terms: Any) -> dict[str, Any]:
    """Terms as a contract freezes them; no term bites unless it is given."""
    plain = {
        "defence": "inside",
        "retention_minor": 0,
        "copay_panel": "0",
        "copay_off_panel": "0",
        "counsel": "panel",
        "stage_caps_minor": dict.fromkeys(STAGES),
        "npe_sublimit_minor": None,
        "fair_sublimit_minor": None,
        "limit_minor": MUCH,
        "aggregate_minor": MUCH,
        "higher_retention": 5,
        "at_higher_retention": [],
    }
    assert set(terms) <= set(plain)
    assert set(plain) <= set(CONTRACT.agreed), "the product freezes every one of them"
    return {**plain, **terms}


def stated(
    asked: Mapping[str, int],
    *,
    file: Mapping[str, Any] | None = None,
    adjusted: Mapping[str, tuple[int, str]] | None = None,
    room: int = MUCH,
    used: Used | None = None,
    sum_insured: int = MUCH,
    **terms: Any,
) -> Stated:
    contract = replace(
        CONTRACT,
        agreed={**CONTRACT.agreed, **agreed(**terms)},
        sum_insured=Money(sum_insured, "CNY"),
    )
    return Stated(
        contract=contract,
        event_on=MADE,
        asked=asked,
        adjusted=adjusted or {},
        file=file or {},
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
    caps = terms.get("stage_caps", {})
    amounts = {
        f"{name}_minor": parse_minor(terms[name], unit) if name in terms else None
        for name in ("limit", "aggregate", "retention", "npe_sublimit", "fair_sublimit")
    }
    plain = {k: terms[k] for k in ("copay_panel", "copay_off_panel", "counsel", "defence")}
    minor = {name: parse_minor(lost[name], unit) for name in LINES if name in lost}
    used = {"damages": parse_minor(lost.get("used", "0"), unit)}
    used["first_instance"] = parse_minor(lost.get("used_cost", "0"), unit)
    return stated(
        minor,
        file={"claim_kind": lost["kind"], "counsel": lost["counsel"]},
        used=Used(used),
        stage_caps_minor={n: parse_minor(caps[n], unit) if n in caps else None for n in STAGES},
        higher_retention=terms.get("higher_retention", 1),
        **plain,
        **amounts,
    )


@pytest.mark.parametrize("name", sorted(CASES))
def test_the_casebook_is_paid_as_worked_out_by_hand(name: str) -> None:
    case = CASES[name]
    unit, expected = case["terms"]["currency"], case["expected"]
    told, found = stated_payment(case["terms"], case["loss"]), paid(of_case(case))
    assert {key: told[key] for key in expected} == expected
    damages = found.pop("damages")
    assert damages == parse_minor(expected["damages"], unit)
    assert sum(found.values()) == parse_minor(expected["cost"], unit)


def test_there_are_cases_in_the_casebook() -> None:
    assert {"liability-aggregate", "liability-rpx-panel", "liability-npe-sublimit"} <= set(CASES)


def test_each_cut_stands_on_the_part_that_it_hits() -> None:
    """By hand: 300 + 400 at five retentions of 20, copay a tenth, 300 of aggregate left."""
    found = taken(of_case(CASES["liability-aggregate"]))
    assert found == {
        ("first_instance", "retention"): 100_000_00,
        ("first_instance", "coinsurance"): 20_000_00,
        ("damages", "coinsurance"): 40_000_00,
        ("damages", "aggregate"): 240_000_00,
    }


def test_a_suit_of_the_published_product() -> None:
    """IPISC Defense: (500,000 - 20,000) x 90 % = 432,000, and its own tower outside the limit."""
    of = stated(
        {"first_instance": 500_000_00, "damages": 800_000_00},
        retention_minor=20_000_00, copay_panel="0.1", copay_off_panel="0.2",
        limit_minor=1_000_000_00, aggregate_minor=1_000_000_00,
    )  # fmt: skip
    assert paid(of)["first_instance"] == 432_000_00
    assert paid(of)["damages"] == 568_000_00
    assert taken(of)["damages", "limit"] == 152_000_00
    terms = {**of.contract.agreed, "defence": "outside"}
    outside = replace(of, contract=replace(of.contract, agreed=terms))
    assert paid(outside)["damages"] == 720_000_00


def test_terms_follow_the_counsel_of_the_file() -> None:
    asked = {"first_instance": 1000}
    terms = {"copay_panel": "1/10", "copay_off_panel": "1/4"}
    assert paid(stated(asked, **terms))["first_instance"] == 900
    own = stated(asked, file={"counsel": "off_panel"}, **terms)
    assert paid(own)["first_instance"] == 750


def test_a_matter_of_the_schedule_is_known_without_a_word() -> None:
    named = {"counterparty": "甲公司", "product": "P1", "court": "CN", "on": "2025-01-01"}
    terms = {"retention_minor": 100, "at_higher_retention": [named]}
    file = {"counterparty": "甲公司", "product": "P1"}
    assert paid(stated({"damages": 1000}, file=file, **terms))["damages"] == 500
    other = {**file, "product": "P2"}
    assert paid(stated({"damages": 1000}, file=other, **terms))["damages"] == 900


def test_a_kind_that_nobody_knows_is_refused() -> None:
    with pytest.raises(Invalid, match="claim_kind: 'divorce' is not known; use one of suit, npe"):
        terms_of(CONTRACT, {"claim_kind": "divorce"})


def test_a_measure_at_a_fair_bears_no_retention() -> None:
    of = stated(
        {"pre_suit": 80}, file={"claim_kind": "exhibition"},
        retention_minor=50, fair_sublimit_minor=60,
    )  # fmt: skip
    assert taken(of) == {("pre_suit", "sublimit"): 20}


def test_punitive_damages_are_not_paid() -> None:
    of = stated({"damages": 1000}, file={"punitive": "4.00"})
    assert taken(of) == {("damages", "punitive"): 400}
    assert "exclusions" in approve(of)[4].reason


def test_a_settlement_without_consent_is_assessed_again() -> None:
    file = {"settled_unconsented": True, "reassessed": 600, "punitive": 100}
    of = stated({"damages": 1000}, file=file, retention_minor=50)
    assert taken(of) == {
        ("damages", "punitive"): 100, ("damages", "reassessed"): 300, ("damages", "retention"): 50,
    }  # fmt: skip
    assert "art. 19" in approve(of)[4].reason
    generous = stated({"damages": 1000}, file={**file, "reassessed": 5000, "punitive": 0})
    assert paid(generous)["damages"] == 1000


def test_what_others_paid_comes_off_damages_and_then_cost() -> None:
    asked = {"first_instance": 300, "appeal": 200, "damages": 400}
    of = stated(asked, file={"reimbursed": 700})
    assert taken(of) == {
        ("damages", "reimbursed"): 400,
        ("appeal", "reimbursed"): 200,
        ("first_instance", "reimbursed"): 100,
    }


def test_mitigation_stands_beside_the_limit_up_to_a_second_sum() -> None:
    of = stated(
        {"damages": 900, MITIGATION: 700},
        room=500, sum_insured=1000, used=Used({MITIGATION: 400}), retention_minor=100,
    )  # fmt: skip
    assert paid(of)["damages"] == 500
    assert paid(of)[MITIGATION] == 600
    assert "art. 57" in approve(of)[5].reason


def test_earlier_mitigation_uses_no_aggregate() -> None:
    of = stated({"damages": 900}, aggregate_minor=1000, used=Used({MITIGATION: 800, "damages": 50}))
    assert paid(of)["damages"] == 900


def test_outside_the_limit_cost_and_damages_use_their_own_aggregates() -> None:
    used = Used({"appeal": 300, "pre_suit": 100, "damages": 50})
    asked = {"first_instance": 1000, "damages": 1000}
    of = stated(asked, defence="outside", aggregate_minor=1000, used=used)
    assert (paid(of)["first_instance"], paid(of)["damages"]) == (600, 950)
    inside = stated(asked, aggregate_minor=1000, used=used)
    assert (paid(inside)["first_instance"], paid(inside)["damages"]) == (550, 0)


def test_demands_of_one_cause_bear_one_retention_and_one_limit() -> None:
    """Two demands in one claim, or each in its own: the retention is borne once or twice."""
    terms = {"retention_minor": 100, "limit_minor": 1000}
    one = sum(paid(stated({"damages": 700 + 500}, **terms)).values())
    two = sum(sum(paid(stated({"damages": part}, **terms)).values()) for part in (700, 500))
    assert (one, two) == (1000, 1000)
    small = {"retention_minor": 100}
    assert paid(stated({"damages": 600}, **small))["damages"] == 500
    assert sum(paid(stated({"damages": part}, **small))["damages"] for part in (300, 300)) == 400


def test_a_demand_joins_the_claim_of_the_first_of_its_cause() -> None:
    first = date(2026, 4, 1)
    claims = {first: "cl_1", MADE: "cl_2"}
    assert claim_to_join(first, MADE, claims) == "cl_1"
    assert claim_to_join(MADE, MADE, claims) is None
    assert claim_to_join(date(2026, 3, 9), MADE, claims) is None
    with pytest.raises(AssertionError):
        claim_to_join(MADE, first, claims)


def test_a_later_demand_is_paid_on_the_claim_of_the_first() -> None:
    """Paid here as well, one cause would bear two limits."""
    asked = {"damages": 600, "appeal": 50, MITIGATION: 7}
    of = stated(asked, file={"cause_first_made_on": "2026-05-03"})
    assert taken(of) == {(line, "one_cause"): minor for line, minor in asked.items()}
    assert "2026-05-03" in approve(of)[4].reason
    basic = stated(asked, file={"cause_first_made_on": "20260503"})
    assert taken(basic) == taken(of), "days are compared, not their text"
    own = stated(asked, file={"cause_first_made_on": MADE.isoformat()})
    assert not cuts(own)


def test_damages_go_to_the_third_party() -> None:
    assert LIABILITY.to_third_party == {"damages"}
    assert LIABILITY.to_third_party < set(LIABILITY.lines)


def test_every_line_is_shared_whatever_the_base_of_the_scheme() -> None:
    lines = approve(stated({"appeal": 500, "damages": 700}))
    assert loss(lines, "CNY").base(LossBase.PRINCIPAL) == 1200


def test_the_facts_are_those_that_cover_is_tested_by() -> None:
    """Stated by their names, they leave no finding of an unknown fact but of conduct."""
    start = CONTRACT.period.start
    dates = {fact.name: start.isoformat() for fact in LIABILITY.facts if fact.form == "date"}
    file = {**dates, "product": CONTRACT.agreed["products"][0], "third_party_paid": False}
    file |= {"court": CONTRACT.agreed["courts"][0], "counterparty": "甲公司"}
    assert set(file) <= {fact.name for fact in LIABILITY.facts}
    file["known_on"] = start.isoformat()
    found = covered(CONTRACT, default_date=start, notified_on=start, file=file, on=start)
    codes = {finding.code for finding in found}
    line = product("infringement_liability")
    assert len([code for code in codes if code.endswith("-unknown")]) == len(line.conduct)


OPTIONAL = st.one_of(st.none(), st.integers(0, 10**9))


@given(
    asked=st.dictionaries(st.sampled_from(list(LINES)), MINOR),
    amounts=st.tuples(MINOR, MINOR, MINOR, OPTIONAL),
    caps=st.fixed_dictionaries(dict.fromkeys(STAGES, OPTIONAL)),
    copay=st.fractions(0, 1, max_denominator=100),
    used=st.dictionaries(st.sampled_from(list(LINES)), MINOR),
    came=st.tuples(MINOR, MINOR, MINOR),
    room=MINOR,
    inside=st.booleans(),
    settled=st.booleans(),
    kind=st.sampled_from(["suit", "npe", "known_matter", "exhibition"]),
)
def test_cuts_add_up_to_what_is_not_approved(
    *,
    asked: dict[str, int],
    amounts: tuple[int, int, int, int | None],
    caps: dict[str, int | None],
    copay: Fraction,
    used: dict[str, int],
    came: tuple[int, int, int],
    room: int,
    inside: bool,
    settled: bool,
    kind: str,
) -> None:
    retention, limit, aggregate, sublimit = amounts
    file = dict(zip(("punitive", "reassessed", "reimbursed"), came, strict=True))
    of = stated(
        asked,
        file={**file, "settled_unconsented": settled, "claim_kind": kind},
        room=room,
        used=Used(used),
        sum_insured=aggregate,
        adjusted={"damages": (10**6, "the court awarded less")},
        defence="inside" if inside else "outside",
        retention_minor=retention,
        copay_panel=str(copay),
        copay_off_panel="1",
        stage_caps_minor=caps,
        npe_sublimit_minor=sublimit,
        fair_sublimit_minor=sublimit,
        limit_minor=limit,
        aggregate_minor=aggregate,
    )
    found, lines = cuts(of), approve(of)
    for line in lines:
        own = sum(cut.minor for cut in found if cut.line == line.code)
        assert line.asked - own == line.approved
        assert 0 <= line.approved <= line.adjusted <= line.asked
        assert bool(line.reason) == (line.approved < line.asked)
    beside = {line.code: line.approved for line in lines}.pop(MITIGATION)
    assert sum(line.approved for line in lines) - beside <= min(room, (2 - inside) * limit)
    assert beside <= max(0, aggregate - used.get(MITIGATION, 0))
    assert all(cut.minor > 0 and cut.clause and cut.words for cut in found)
