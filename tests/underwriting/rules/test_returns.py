"""What goes back when a policy ends early: by hand, for each method; and what is refused."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from kernel.errors import Conflict, Invalid, Refusal
from kernel.money import MINOR_DIGITS, Money, parse_minor
from kernel.period import Period
from underwriting.rules.contract import Contract
from underwriting.rules.history import Kept, Kind, Price, Transaction, in_force
from underwriting.rules.history_differences import Difference, differences, overtaken
from underwriting.rules.history_law import change_of_risk
from underwriting.rules.history_loan import Principal, check_principal
from underwriting.rules.history_segments import segments
from underwriting.rules.loan_terms import LoanTerms
from underwriting.rules.returns import ground_named, kept, return_terms, short_rate
from underwriting.rules.returns_amounts import Amounts, charged

START = date(2025, 1, 1)
YEAR = Period(START, date(2025, 12, 31))
AT = datetime(2025, 1, 1, tzinfo=UTC)
PREMIUM, LEAST = 1_200_000, 53_000


def a_contract(**changes: Any) -> Contract:
    stated: dict[str, Any] = {
        "policyholder": "示范机械有限公司", "policyholder_id": "X", "insured": "client",
        "beneficiary": "client", "issuer": "insurer", "settles": "several",
        "sum_insured": Money(300_000_000, "CNY"), "period": YEAR, "waiting_days": 80,
        "notice_days": 10, "call_working_days": 10, "papers": {}, "earning": (1,) * 12,
    }  # fmt: skip
    return Contract(**(stated | changes))


def a_loan(**changes: Any) -> LoanTerms:
    stated: dict[str, Any] = {
        "amount": Money(300_000_000, "CNY"), "contract": "2025-001",
        "annual_rate": Fraction("0.0435"), "plan": "bullet", "term_months": 12,
        "drawdown": START, "ip_share": Fraction(1), "tier": None,
        "balances": (300_000_000,) * 12,
    }  # fmt: skip
    return LoanTerms(**(stated | changes))


def cost(method: str, day: date, *, exhausted: Fraction = Fraction(0)) -> int:
    """What a policy of 12,000.00 for a year costs when it is cancelled."""
    keeps = kept(
        return_terms(), method, YEAR, day, least=LEAST, currency="CNY", exhausted=exhausted
    )
    price = Price(total=PREMIUM, tax=67_925, subsidy=0)
    issue = Transaction(
        id="t1", seq=1, kind=Kind.ISSUE, effective_on=START, known_at=AT,
        contract=a_contract(), price=price,
    )  # fmt: skip
    end = Transaction(
        id="t2", seq=2, kind=Kind.CANCELLATION, effective_on=day, known_at=AT, kept=keeps
    )
    return charged(segments(in_force((issue, end)))).total


@pytest.mark.parametrize(
    ("method", "day", "keeps"),
    [
        ("pro_rata", date(2025, 7, 1), 600_000),
        ("pro_rata", date(2025, 7, 16), 600_000 + 100_000 * 15 / 31),
        ("short_rate", date(2025, 1, 2), 120_000),
        ("short_rate", date(2025, 7, 1), 720_000),  # 181 of 365 days: the sixth twelfth runs
        ("short_rate", date(2025, 7, 16), 840_000),
        ("short_rate", date(2025, 12, 10), 1_200_000),
        ("pro_rata", date(2025, 1, 2), LEAST),
        ("pro_rata", START, 5_000),
        ("short_rate", START, 5_000),
        ("refund", START, 0),
        ("nothing", START, PREMIUM),
    ],
)
def test_what_is_kept_by_hand(method: str, day: date, keeps: float) -> None:
    assert cost(method, day) == int(keeps + 0.5)


def test_what_claims_used_up_is_earned_in_full() -> None:
    half = date(2025, 7, 1)
    assert cost("pro_rata", half, exhausted=Fraction(1, 3)) == 600_000 + 200_000
    assert cost("pro_rata", half, exhausted=Fraction(1)) == PREMIUM
    assert cost("short_rate", half, exhausted=Fraction(1, 10)) == 720_000, "the greater of the two"


@pytest.mark.parametrize("method", ["pro_rata", "short_rate"])
def test_more_is_kept_the_longer_it_ran_and_never_more_than_all(method: str) -> None:
    kept_by_day = [cost(method, START + timedelta(days=n)) for n in range(365)]
    assert kept_by_day == sorted(kept_by_day)
    assert kept_by_day[-1] <= PREMIUM


def test_the_short_rate_never_favours_who_leaves_early() -> None:
    for n in range(1, 365):
        day = START + timedelta(days=n)
        assert cost("short_rate", day) >= cost("pro_rata", day)
    shares = [Fraction(one) for one in return_terms()["short_rate"]["shares"]]
    assert len(shares) == 12
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert short_rate(return_terms(), YEAR, date(2026, 5, 1)) == 1


def test_every_figure_of_the_return_terms_reads_and_has_its_source() -> None:
    terms = return_terms()
    for currency in MINOR_DIGITS:
        assert parse_minor(terms["handling_fee"][currency], currency) > 0
    assert set(terms["reversal_days"]) == set(Kind) - {Kind.REVERSAL}
    for stated in terms["grounds"]:
        ground = ground_named(terms, stated["code"])
        assert ground.method in {"pro_rata", "short_rate", "refund", "nothing"}
        assert stated["source"]
        assert stated["grade"] in "ABCK"
    assert {"short_rate", "handling_fee"} <= set(terms["unverified"])
    with pytest.raises(Invalid, match="no-such-ground"):
        ground_named(terms, "whim")


def test_terms_that_differ_and_those_a_later_change_overtakes() -> None:
    before, after = a_contract(), a_contract(waiting_days=60, earning=(12, *(1,) * 11))
    found = differences(before.json(), after.json())
    assert found == (Difference("waiting_days", "80", "60"),)
    assert overtaken(found, before.json(), day="2025-10-10")[0].code == "overtaken"
    assert overtaken(found, after.json(), day="2025-10-10") == ()


def test_what_appears_or_goes_is_a_difference() -> None:
    found = differences({"loan": None}, {"loan": {"amount": "5"}})
    assert found == (Difference("loan.amount", None, "5"),)
    assert differences({"terms": ["a", "b"]}, {"terms": ["a"]}) == (
        Difference("terms[1]", "b", None),
    )


@pytest.mark.parametrize(("total", "article"), [(5, "52"), (-5, "53"), (0, "")])
def test_the_article_that_a_change_rests_on(total: int, article: str) -> None:
    found = change_of_risk(Amounts(total), "CNY")
    assert [one.clause[-2:] for one in found] == ([article] if article else [])


def principal(stated: Principal | None, **changes: Any) -> Any:
    named: dict[str, Any] = {"confirmed": False, "refinancing": True, "repaid": None}
    new = changes.pop("new", a_contract(period=Period(date(2026, 1, 1), date(2026, 12, 31))))
    old = changes.pop("old", a_loan())
    return check_principal(old, new, stated, **(named | changes))


def test_a_renewed_loan_is_flagged_with_what_is_owed() -> None:
    (found,) = principal(Principal.STILL_OWED)
    assert "CNY 3,000,000.00" in found.en
    assert principal(None, old=None) == ()
    assert principal(Principal.REPAID, confirmed=True, refinancing=False) == ()


@pytest.mark.parametrize(
    ("stated", "changes", "field"),
    [
        (None, {}, "principal"),
        (Principal.STILL_OWED, {"refinancing": False}, "risk.loan.refinancing"),
        (Principal.STILL_OWED, {"repaid": {date(2025, 12, 1): 1}}, "risk.loan.amount"),
        (Principal.REPAID, {"confirmed": True}, "risk.loan.refinancing"),
        (Principal.REPAID, {"refinancing": False}, "repaid"),
    ],
)
def test_nobody_renews_old_debt_as_new_by_accident(
    stated: Principal | None, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        principal(stated, **changes)
    assert refused.value.faults[0].field == field
    assert isinstance(refused.value, Invalid | Conflict)


def test_impossible_transactions_are_not_made() -> None:
    with pytest.raises(AssertionError, match="terms are priced"):
        Transaction(id="t", seq=1, kind=Kind.CHANGE, effective_on=START, known_at=AT)
    with pytest.raises(AssertionError, match="only that keeps"):
        Transaction(
            id="t", seq=1, kind=Kind.REVERSAL, effective_on=START, known_at=AT,
            kept=Kept(), undoes="x",
        )  # fmt: skip
    with pytest.raises(AssertionError, match="part of the premium"):
        Price(total=1, tax=2, subsidy=0)
