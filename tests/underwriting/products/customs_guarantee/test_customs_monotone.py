"""Which way the premium may move: more at stake never costs less."""

from datetime import date, timedelta
from typing import Any

from customs_proposals import CHIPS, RIGHT, premium, shared
from hypothesis import given, settings
from hypothesis import strategies as st
from proposals import cny

GRADES = ["A", "BBB", "BB", "B", "CCC"]
MODES = st.sampled_from(["single", "revolving"])
PURPOSES = st.sampled_from(["payment_term", "aggregated_collection", "taxation_elements"])
SURCHARGES = st.sampled_from(["within", "beyond"])
ROOM = 1e-6
"""Room for rounding, per 1: many levels of open tax are laid on a grid."""


def yuan(minor: int) -> dict[str, str]:
    return cny(f"{minor // 100}.{minor % 100:02}")


def used(mode: str, **more: Any) -> dict[str, Any]:
    """The use of a letter; what a single one does not state is taken out."""
    many = more.pop("declarations_per_month", 6) if mode == "revolving" else None
    more.pop("declarations_per_month", None)
    return {"mode": mode, "declarations_per_month": many, **more}


def never_dearer(cheaper: int, dearer: int) -> None:
    assert cheaper <= dearer * (1 + ROOM) + 3


@settings(max_examples=30)
@given(MODES, PURPOSES, SURCHARGES, st.integers(1, 10**9), st.integers(1, 10**9))
def test_a_higher_amount(mode: str, purpose: str, surcharge: str, low: int, more: int) -> None:
    use = used(mode, purposes=[purpose])
    costs = [
        premium(use=use, cover={"amount": yuan(amount), "surcharge": surcharge})
        for amount in (low, low + more)
    ]
    never_dearer(*costs)


@settings(max_examples=30)
@given(MODES, PURPOSES, st.integers(1, 360), st.integers(1, 200))
def test_a_longer_letter(mode: str, purpose: str, days: int, more: int) -> None:
    def cost(length: int) -> int:
        until = (date(2025, 3, 10) + timedelta(days=length)).isoformat()
        return premium(
            use=used(mode, purposes=[purpose], usable_until=until, claim_until="2028-01-01")
        )

    never_dearer(cost(days), cost(days + more))


@settings(max_examples=30)
@given(MODES, PURPOSES, st.integers(1, 10**9))
def test_a_worse_grade(mode: str, purpose: str, amount: int) -> None:
    use = used(mode, purposes=[purpose])
    costs = [
        premium(use=use, importer={"grade": grade}, cover={"amount": yuan(amount)})
        for grade in GRADES
    ]
    assert costs == sorted(costs)


@settings(max_examples=30)
@given(PURPOSES, SURCHARGES, st.integers(1, 200), st.integers(1, 200), st.integers(1, 10**9))
def test_more_declarations(purpose: str, surcharge: str, many: int, more: int, amount: int) -> None:
    costs = [
        premium(
            use={"purposes": [purpose], "declarations_per_month": count},
            cover={"amount": yuan(amount), "surcharge": surcharge},
        )
        for count in (many, many + more)
    ]
    never_dearer(*costs)


@settings(max_examples=30)
@given(MODES, st.integers(0, 10**10), st.integers(1, 10**10))
def test_dearer_goods(mode: str, value: int, more: int) -> None:
    costs = [
        premium(use=used(mode), goods=[[{**CHIPS, "value": yuan(one)}]])
        for one in (value, value + more)
    ]
    never_dearer(*costs)


@settings(max_examples=30)
@given(st.lists(PURPOSES, min_size=1, max_size=2, unique=True), PURPOSES)
def test_one_purpose_more(purposes: list[str], other: str) -> None:
    costs = [
        premium(use={"purposes": list(dict.fromkeys(one))})
        for one in (purposes, [*purposes, other])
    ]
    never_dearer(*costs)


@settings(max_examples=30)
@given(st.integers(1, 10**11), st.integers(1, 10**11), st.sampled_from(["0", "1/3", "9/10"]))
def test_a_smaller_pledge(value: int, more: int, haircut: str) -> None:
    costs = [
        premium(right={"appraised": yuan(one), "haircut": haircut}) for one in (value + more, value)
    ]
    never_dearer(*costs)


@settings(max_examples=30)
@given(st.integers(1, 4), st.integers(10**6, 10**10))
def test_fewer_rights(many: int, value: int) -> None:
    """Of one kind and age: which of them is the key right then says nothing else."""
    pledged = [{**RIGHT, "number": str(n), "appraised": yuan(value)} for n in range(many + 1)]
    never_dearer(premium(rights=pledged), premium(rights=pledged[:many]))


@settings(max_examples=30)
@given(st.integers(0, 10**10), st.integers(1, 10**10))
def test_more_arrears(arrears: int, more: int) -> None:
    costs = [premium(arrears={"amount": yuan(one)}) for one in (arrears, arrears + more)]
    never_dearer(*costs)


@settings(max_examples=30)
@given(st.integers(1, 29), st.integers(1, 20))
def test_slower_payment_to_customs(days: int, more: int) -> None:
    slow = min(30, days + more)
    costs = [
        premium(cover={"demand_working_days": one, "surcharge": "beyond"}) for one in (days, slow)
    ]
    never_dearer(*costs)  # 18 % a year of surcharge against a discount of 2 %


@settings(max_examples=30)
@given(st.integers(0, 20), st.integers(0, 20))
def test_a_larger_share(one: int, other: int) -> None:
    low, high = sorted((one, other))
    never_dearer(*(premium(shared(f"{part}/20")) for part in (low, high)))
