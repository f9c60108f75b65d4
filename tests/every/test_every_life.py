"""What holds of every line of business after binding: changed, renewed, cancelled, taken back."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

import builders
import pytest
from builders import LARGER, SAMPLES, House
from sqlalchemy import Engine

from kernel.db.engine import transact
from kernel.money import Money
from underwriting.approve import approve
from underwriting.cancel import Cancellation, cancel
from underwriting.endorse import Change, change
from underwriting.history.done import Done
from underwriting.history.proposal import Terms
from underwriting.history.store import history, state
from underwriting.product import Product
from underwriting.products import products
from underwriting.reinstate import Reinstatement, reinstate
from underwriting.renew import Renewal, renew
from underwriting.reverse import Reversal, reverse
from underwriting.rules.history_loan import Principal
from underwriting.rules.history_step import Statement
from underwriting.store import PolicyRow

EVERY = pytest.mark.parametrize("line", products().values(), ids=list(products()))
STARTS, HALFWAY, NEXT = date(2025, 3, 10), date(2025, 9, 10), date(2026, 3, 10)
builders._PAPER_OF.update(dict.fromkeys((change, renew, cancel, reinstate, reverse), "endorsement"))


def checked(line: Product, sample: Mapping[str, Any]) -> Any:
    return line.risk.model_validate(dict(sample), strict=False)


def a_year_later(value: Any) -> Any:
    """The same proposal for the next year: every day of cover a year on, proofs renewed."""
    moved = {"2025-03-10": "2026-03-10", "2026-03-09": "2027-03-09", "2026-09-09": "2027-09-09"}
    moved |= {"2025-01-20": "2026-01-20", "2025-02-24": "2026-02-24"}
    if isinstance(value, Mapping):
        return {key: a_year_later(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [a_year_later(inner) for inner in value]
    return moved.get(value, value) if isinstance(value, str) else value


def started(line: Product, house: House) -> PolicyRow:
    return house.policy(checked(line, SAMPLES[line.code]))


def cleared(
    house: House, policy: PolicyRow, act: Callable[..., Done], asked: Any, on: date
) -> Done:
    """Ask; where it is referred, let a second person clear it, and ask again with its quote."""
    seen = transact(
        house.engine, lambda s: act(s, policy.id, asked, desk=builders.a_desk(on), keep=False)
    )
    assert not seen.committed
    if seen.outcome.value == "accepted":
        return house.do(act, policy.id, asked, on=on)
    kept = transact(house.engine, lambda s: act(s, policy.id, asked, desk=builders.a_desk(on)))
    house.do(approve, kept.quote_id, "looked into", on=on)
    return house.do(act, policy.id, replace(asked, terms=Terms(quote_id=kept.quote_id)), on=on)


def ground_of(line: Product) -> tuple[str, Statement | None]:
    """A cancellation that the product knows, with the consent that it needs."""
    if line.code == "pledge_guarantee":
        return "loan_repaid", Statement("示范银行", HALFWAY, "LETTER-1")
    if line.code == "customs_guarantee":
        return "policyholder_request", Statement("示范海关", HALFWAY, "RELEASE-1")
    return "policyholder_request", None


@EVERY
def test_more_cover_from_a_day_is_charged_for_the_rest(line: Product, house: House) -> None:
    policy = started(line, house)
    larger = LARGER[line.code](deepcopy(dict(SAMPLES[line.code])))
    asked = Change(Terms(risk=checked(line, larger)), HALFWAY, "more is at stake")
    before = house.read(lambda s: state(s, policy.id, valid=HALFWAY))
    done = cleared(house, policy, change, asked, HALFWAY)
    assert done.committed
    after = house.read(lambda s: state(s, policy.id, valid=HALFWAY))
    earlier = house.read(lambda s: state(s, policy.id, valid=date(2025, 6, 1)))
    assert after.sum_insured.minor > before.sum_insured.minor
    assert after.charged.total > before.charged.total
    assert earlier.sum_insured == before.sum_insured


@EVERY
def test_the_next_year_is_a_renewal_of_the_same_policy(line: Product, house: House) -> None:
    policy = started(line, house)
    risk = checked(line, a_year_later(SAMPLES[line.code]))
    loan = line.code == "pledge_guarantee"
    repaid = Statement("示范银行", NEXT, "REPAID-1") if loan else None
    terms = Renewal(Terms(risk=risk), "another year", Principal.REPAID if loan else None, repaid)
    done = cleared(house, policy, renew, terms, NEXT)
    assert done.committed
    kinds = [one.kind for one in house.read(lambda s: history(s, policy.id)).past]
    assert [kind.value for kind in kinds] == ["issue", "renewal"]
    later = house.read(lambda s: state(s, policy.id, valid=date(2026, 9, 1)))
    assert later.contract.period.start == NEXT
    assert later.charged.total > policy.premium_minor


@EVERY
def test_a_cancellation_returns_what_is_not_earned_and_can_be_taken_back(
    line: Product, house: House
) -> None:
    policy = started(line, house)
    ground, consent = ground_of(line)
    asked = Cancellation(HALFWAY, ground, "no longer needed", consent)
    done = house.do(cancel, policy.id, asked, on=HALFWAY)
    ended = house.read(lambda s: state(s, policy.id, valid=HALFWAY))
    assert ended.status.value == "cancelled"
    assert 0 < ended.charged.total < policy.premium_minor
    tax = {account: minor for account, minor in house.balances().items() if "tax" in account}
    assert sum(tax.values()) < 0
    said = Statement("示范", HALFWAY, "DECLARED-1")
    house.do(reinstate, policy.id, Reinstatement("a mistake", said), on=date(2025, 9, 12))
    again = house.read(lambda s: state(s, policy.id, valid=HALFWAY))
    assert again.charged.total == policy.premium_minor
    assert again.sum_insured == Money(policy.sum_insured_minor, policy.currency)
    assert done.committed


@EVERY
def test_an_issue_taken_back_leaves_nothing(line: Product, house: House) -> None:
    policy = started(line, house)
    (issued,) = house.read(lambda s: history(s, policy.id)).rows
    house.do(reverse, policy.id, Reversal(issued.id, "entered twice"), on=date(2025, 3, 4))
    assert house.read(lambda s: state(s, policy.id, valid=STARTS)).contract is None
    assert all(minor == 0 for minor in house.balances().values())


@pytest.fixture
def house(engine: Engine) -> House:
    return builders.a_house(engine)
