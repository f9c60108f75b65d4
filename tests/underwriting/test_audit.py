"""The auditors find what was changed behind the books' back, and nothing in honest books."""

from collections.abc import Callable
from typing import Any

import pytest
from builders import House, a_risk, shipped, yuan
from sqlmodel import Session

from claims.audit import verify_claims
from kernel.db.engine import read, transact
from kernel.errors import NotFound
from underwriting.audit import replayed, verify_quotes

ZHONGSHAN = {"scheme": "zhongshan-2021"}
Auditor = Callable[[Session], tuple[Any, ...]]


@pytest.fixture
def lived(house: House) -> House:
    """A house with a pool, a policy and a claim that has been settled and recovered on."""
    house.pool(shipped("zhongshan-2021"), "fund", yuan("1000000.00"))
    claim = house.settled(house.policy(a_risk(cover=ZHONGSHAN)))
    house.recover(claim, "1000.00", "10.00")
    return house


@pytest.mark.parametrize(
    ("statement", "auditor", "words"),
    [
        ("UPDATE quote SET receipt = replace(receipt, '\"referred\"', '\"accepted\"')",
         verify_quotes, "does not replay"),
        ("UPDATE quote SET receipt = replace(receipt, '0.0435', '0.0436')",
         verify_quotes, "does not replay"),
        ("UPDATE pool SET drawn_minor = drawn_minor - 1", verify_quotes, "journal's"),
        ("UPDATE share SET paid_minor = paid_minor + 1 WHERE party = 'bank'",
         verify_claims, "shares are not the eligible loss"),
        ("UPDATE settlement SET uncovered_minor = uncovered_minor - 1",
         verify_claims, "the uncovered part disagrees"),
        ("UPDATE call SET amount_minor = amount_minor + 1", verify_claims, "not its party's share"),
        ("UPDATE share SET given_back_minor = given_back_minor - 1 WHERE party = 'insurer'",
         verify_claims, "what was given back"),
        ("UPDATE recovery SET net_minor = net_minor + 1", verify_claims, "parts are not its net"),
        ("UPDATE policy SET paid_minor = paid_minor - 1", verify_claims, "is not the settlements'"),
    ],
)  # fmt: skip
def test_what_was_changed_is_found(
    lived: House, statement: str, auditor: Auditor, words: str
) -> None:
    def tamper(session: Session) -> None:
        session.connection().exec_driver_sql(statement.replace(" call ", ' "call" '))

    transact(lived.engine, tamper)
    faults = read(lived.engine, auditor)
    assert any(words in fault.problem for fault in faults)
    assert all(fault.cure for fault in faults)


def test_honest_books_have_no_findings(lived: House) -> None:
    lived.audit()


def test_a_quote_is_replayed_by_id_or_number(house: House) -> None:
    quoted = house.quote()
    for name in (quoted.id, quoted.number):
        row, receipt = read(house.engine, lambda s, name=name: replayed(s, name))
        assert (row.id, receipt) == (quoted.id, quoted.receipt)
    with pytest.raises(NotFound):
        read(house.engine, lambda s: replayed(s, "QT-none"))
