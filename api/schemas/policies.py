"""Policies on the wire."""

from datetime import date, datetime
from typing import Any

from pydantic import Field

from api.schemas.common import Answer, money
from kernel.wire import MoneyWire
from underwriting.store import PolicyRow


class PolicySummary(Answer):
    """A policy in a list."""

    id: str
    number: str
    state: str
    product: str
    quote_id: str
    client_id: str
    borrower_register_id: str
    scheme: str
    sum_insured: MoneyWire
    premium: MoneyWire
    paid: MoneyWire = Field(description="Losses settled, all parties together")
    starts_on: date
    ends_on: date
    created_at: datetime


class PolicyAnswer(PolicySummary):
    """A policy with the terms that were frozen at binding."""

    contract: dict[str, Any]
    scheme_sha256: str


def summary(row: PolicyRow) -> PolicySummary:
    """Return a policy as a list shows it."""
    return PolicySummary(**_fields(row))


def policy_answer(row: PolicyRow) -> PolicyAnswer:
    """Return a policy with its terms."""
    return PolicyAnswer(**_fields(row), contract=row.contract, scheme_sha256=row.scheme_sha256)


def _fields(row: PolicyRow) -> dict[str, Any]:
    plain = (
        "id", "number", "state", "product", "quote_id", "client_id", "borrower_register_id",
        "starts_on", "ends_on", "created_at",
    )  # fmt: skip
    return {
        **{name: getattr(row, name) for name in plain},
        "scheme": row.scheme_code,
        "sum_insured": money(row.sum_insured_minor, row.currency),
        "premium": money(row.premium_minor, row.currency),
        "paid": money(row.paid_minor, row.currency),
    }
