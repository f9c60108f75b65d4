"""What of a demand that was paid under a letter is a loss of the policy."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from proposals import SAMPLES, a_basis, some_inputs

from claims.rules.kinds.customs import CUSTOMS, LINES, RECOURSE, approve, cuts, loss
from claims.rules.kinds.kind import Stated
from kernel.money import Money, format_minor, parse_minor
from kernel.sharing import LossBase
from underwriting.bookings import letter_payment_moves
from underwriting.products import product
from underwriting.products.customs_guarantee.cover import test_cover as covered
from underwriting.products.customs_guarantee.payment import payment
from underwriting.products.customs_guarantee.stated import stated_payment
from underwriting.rules.contract import Contract

FOLDER = Path(__file__).parents[3] / "docs" / "casebook"
CASES = {
    path.stem: case
    for path in sorted(FOLDER.glob("customs-*.toml"))
    if (case := tomllib.loads(path.read_text("utf-8")))["kind"] == "payment"
}
MUCH = 10**15
DUE = date(2025, 6, 18)
LINE = product("customs_guarantee")


def sample() -> Contract:
    """The contract that a sound proposal would freeze."""
    risk = LINE.risk.model_validate(dict(SAMPLES["customs_guarantee"]), strict=False)
    return LINE.contract(risk, a_basis(some_inputs(risk)))


CONTRACT = sample()


def contract(*, amount: str = "1000000.00", beyond: str | None = None) -> Contract:
    """A letter of an amount, with surcharge within it, or beyond it up to a limit."""
    agreed = {"amount": amount, "surcharge": "beyond" if beyond else "within"}
    agreed["surcharge_limit"] = beyond or "0.00"
    assert set(agreed) <= set(CONTRACT.agreed)
    return replace(CONTRACT, agreed={**CONTRACT.agreed, **agreed})


def stated(
    asked: Mapping[str, int],
    *,
    demand: Mapping[str, Any] | None = None,
    of: Contract | None = None,
    room: int = MUCH,
    adjusted: Mapping[str, tuple[int, str]] | None = None,
) -> Stated:
    return Stated(
        contract=of or contract(),
        event_on=DUE,
        asked=asked,
        adjusted=adjusted or {},
        file={"demand": dict(demand)} if demand is not None else {},
        loss_base=LossBase.PRINCIPAL_INTEREST_COSTS,
        room=room,
    )


def paid(of: Stated) -> dict[str, int]:
    return {line.code: line.approved for line in approve(of)}


def taken(of: Stated) -> dict[tuple[str, str], int]:
    return {(cut.line, cut.term): cut.minor for cut in cuts(of)}


def days(late: int, **more: str) -> dict[str, str]:
    return {"due_on": DUE.isoformat(), "paid_on": (DUE + timedelta(late)).isoformat(), **more}


@pytest.mark.parametrize("name", sorted(CASES))
def test_the_casebook_is_paid_as_worked_out_by_hand(name: str) -> None:
    """Whatever was paid above it stays owed by the importer."""
    case = CASES[name]
    request, expected = case["request"], case["expected"]
    told = stated_payment(case, LINE.terms)
    assert {key: told[key] for key in ("tax", "surcharge", "refused")} == {
        key: expected[key] for key in ("tax", "surcharge", "refused")
    }
    limit = format_minor(4_500_000, "CNY") if request["surcharge"] == "beyond" else None
    tax = parse_minor(request["tax"], "CNY")
    owed = parse_minor(expected["refused"], "CNY") - tax
    owed += parse_minor(expected["tax"], "CNY") + parse_minor(expected["surcharge"], "CNY")
    of = stated(
        {"tax": tax, "surcharge": owed},
        demand={
            "available": request["available"],
            "due_on": request["due_on"].isoformat(),
            "paid_on": request["paid_on"].isoformat(),
        },
        of=contract(amount=request["amount"], beyond=limit),
    )
    assert paid(of) == {key: parse_minor(expected[key], "CNY") for key in LINES}
    assert sum(taken(of).values()) == parse_minor(expected["refused"], "CNY")


def test_there_is_a_case_in_the_casebook() -> None:
    assert CASES


def test_late_interest_follows_the_rule_of_the_product() -> None:
    """0.05 % a day: 30 days on 1,000.00 are 15.00."""
    of = stated({"tax": 1_000_00, "surcharge": 20_00}, demand=days(30))
    assert paid(of) == {"tax": 1_000_00, "surcharge": 0}, "below 50.00 it is waived"
    more = stated({"tax": 10_000_00, "surcharge": 200_00}, demand=days(30))
    assert paid(more) == {"tax": 10_000_00, "surcharge": 150_00}
    assert taken(more) == {("surcharge", "surcharge_rule"): 50_00}


def test_days_that_are_not_stated_cut_nothing() -> None:
    assert paid(stated({"tax": 900, "surcharge": 800})) == {"tax": 900, "surcharge": 800}


def test_tax_is_paid_up_to_what_is_available() -> None:
    of = stated({"tax": 700_00, "surcharge": 0}, demand={"available": "500.00"})
    assert taken(of) == {("tax", "limit"): 200_00}
    assert "担保额度" in approve(of)[0].reason


def test_the_sum_insured_is_filled_with_tax_first() -> None:
    of = stated({"tax": 700, "surcharge": 300}, room=800)
    assert paid(of) == {"tax": 700, "surcharge": 100}
    assert taken(of) == {("surcharge", "room"): 200}


def test_the_adjuster_may_allow_less() -> None:
    of = stated({"tax": 700, "surcharge": 0}, adjusted={"tax": (600, "paid twice")})
    assert approve(of)[0].reason == "paid twice: -CNY 1.00 (核定 assessment)"


def test_a_settlement_meets_the_account_that_paying_debited() -> None:
    moves = dict(letter_payment_moves(500))
    assert CUSTOMS.pays_from == RECOURSE
    assert moves[CUSTOMS.pays_from] == 500
    assert moves["cash"] == -500


def test_tax_and_surcharge_are_shared_as_principal_and_interest() -> None:
    found = loss(approve(stated({"tax": 700, "surcharge": 300})), "CNY")
    assert (found.principal, found.interest, found.costs) == (700, 300, 0)


def test_the_demand_of_the_file_answers_the_test_of_cover() -> None:
    agreed = CONTRACT.agreed
    demand = {
        "written": True,
        "district": agreed["beneficiaries"][0]["code"],
        "purpose": agreed["purposes"][0],
        "arose_on": agreed["usable_from"],
        "amount": "100.00",
        "available": "100.00",
        **days(3),
    }
    start = CONTRACT.period.start
    found = covered(
        CONTRACT, default_date=start, notified_on=start, file={"demand": demand}, on=start
    )
    assert not {finding.code for finding in found} - {"misstated-unknown"}


@given(
    tax=st.integers(0, 10**9),
    surcharge=st.integers(0, 10**8),
    available=st.integers(0, 10**9),
    late=st.integers(0, 200),
    beyond=st.one_of(st.none(), st.integers(1, 10**8)),
    room=st.integers(0, 10**9),
)
def test_cuts_add_up_to_what_is_not_approved(
    *, tax: int, surcharge: int, available: int, late: int, beyond: int | None, room: int
) -> None:
    terms = contract(beyond=format_minor(beyond, "CNY") if beyond else None)
    demand = days(late, available=format_minor(available, "CNY"))
    of = stated({"tax": tax, "surcharge": surcharge}, demand=demand, of=terms, room=room)
    found, lines = cuts(of), approve(of)
    for line in lines:
        own = sum(cut.minor for cut in found if cut.line == line.code)
        assert line.asked - own == line.approved
        assert 0 <= line.approved <= line.asked
    rule = payment(
        terms,
        tax,
        available=available,
        due_on=DUE,
        paid_on=DUE + timedelta(late),
        terms=LINE.terms,
    )
    assert sum(line.approved for line in lines) == min(
        room, rule.tax + min(surcharge, rule.surcharge)
    )
    assert Money(sum(line.asked for line in lines), "CNY").minor == tax + surcharge
