"""Letters of guarantee on the wire: what goes out."""

from datetime import date, datetime
from typing import Any, Final

from pydantic import Field

from api.schemas.common import Answer, Finding, money
from kernel.finding import Finding as Found
from kernel.plain import plain
from kernel.wire import MoneyWire
from underwriting.guarantees.store import (
    LetterDemandRow,
    LetterRow,
    LetterUseRow,
    LetterVersionRow,
)
from underwriting.letters.demand_clock import DemandClock
from underwriting.letters.moves import acts
from underwriting.letters.terms import LetterTerms

_MONEY: Final = {"minor", "currency"}


class AccountAnswer(Answer):
    """What is free of a letter: the limit less what is reserved and drawn."""

    limit: MoneyWire
    reserved: MoneyWire
    drawn: MoneyWire
    available: MoneyWire


class LetterAnswer(Answer):
    """A letter as it stands."""

    id: str
    number: str
    policy_id: str
    client_id: str
    state: str
    account: AccountAnswer
    edition: int = Field(description="In force; before acceptance the one that is proposed")
    usable_from: date
    usable_until: date
    claim_until: date
    record_no: str | None = Field(description="Under which customs keeps it")
    accepted_on: date | None
    acts: tuple[str, ...] = Field(description="What may be done with it now")
    created_at: datetime


class EditionAnswer(Answer):
    """One edition of a letter's terms."""

    letter_id: str
    edition: int
    kind: str
    state: str
    terms: dict[str, Any] = Field(description="As they are printed")
    content_hash: str = Field(description="Of the terms as they are attached to the paper")
    maker: str
    approver: str | None
    file_sha256: str | None = Field(description="Of the signed letter")
    signer: str | None = Field(description="Serial of the certificate")
    reason: str
    created_at: datetime


class LetterFileAnswer(Answer):
    """A letter with all its editions."""

    letter: LetterAnswer
    editions: tuple[EditionAnswer, ...]


class PreviewAnswer(Answer):
    """What a draft would be."""

    terms: dict[str, Any]
    refusals: tuple[Finding, ...] = Field(description="Every ground; empty: it may be issued")


class UseAnswer(Answer):
    """One event of use, with the account after it."""

    id: str
    seq: int
    declaration: str
    event: str
    reference: str
    district: str
    taxes: tuple[str, ...]
    amount: MoneyWire
    surcharge: MoneyWire
    account: AccountAnswer
    on: date
    at: datetime


class DemandAnswer(Answer):
    """A demand of customs, its days, and every discrepancy that was found."""

    reference: str
    declaration: str
    district: str
    state: str
    payable: bool = Field(description="False: it asks for more than is open")
    tax: MoneyWire
    surcharge: MoneyWire
    paid: MoneyWire
    received_on: date
    refuse_by: date
    pay_by: date
    provisional: bool = Field(
        description="The table of working days ends before them: they are the earliest that can be"
    )
    extend_to: date | None
    suspended_until: date | None
    answered_on: date | None
    grounds: tuple[Finding, ...]


def account_answer(row: LetterRow | LetterUseRow, currency: str) -> AccountAnswer:
    """Return the account of a letter, now or after an event."""
    free = row.limit_minor - row.reserved_minor - row.drawn_minor
    return AccountAnswer(
        limit=money(row.limit_minor, currency),
        reserved=money(row.reserved_minor, currency),
        drawn=money(row.drawn_minor, currency),
        available=money(free, currency),
    )


def letter_answer(row: LetterRow) -> LetterAnswer:
    """Return a letter."""
    same = (
        "id", "number", "policy_id", "client_id", "state", "edition", "usable_from",
        "usable_until", "claim_until", "record_no", "accepted_on", "created_at",
    )  # fmt: skip
    return LetterAnswer(
        **{name: getattr(row, name) for name in same},
        account=account_answer(row, row.currency),
        acts=tuple(act.value for act in acts(row.state)),
    )


def terms_answer(kept: Any) -> Any:
    """Return terms, or a part of them, as kept, with money as it crosses the wire.

    >>> terms_answer({"mode": "one_off", "amount": {"minor": 123450, "currency": "CNY"}})
    {'mode': 'one_off', 'amount': {'amount': '1234.50', 'currency': 'CNY'}}
    """
    if isinstance(kept, list):
        return [terms_answer(one) for one in kept]
    if not isinstance(kept, dict):
        return kept
    if set(kept) == _MONEY:
        return money(kept["minor"], kept["currency"]).model_dump()
    return {name: terms_answer(one) for name, one in kept.items()}


def edition_answer(row: LetterVersionRow) -> EditionAnswer:
    """Return an edition."""
    same = {name: getattr(row, name) for name in EditionAnswer.model_fields}
    return EditionAnswer(**(same | {"terms": terms_answer(row.terms)}))


def preview_answer(terms: LetterTerms, grounds: tuple[Found, ...]) -> PreviewAnswer:
    """Return what a draft would be."""
    refusals = tuple(Finding(**one.json()) for one in grounds)
    return PreviewAnswer(terms=terms_answer(plain(terms)), refusals=refusals)


def use_answer(row: LetterUseRow, currency: str) -> UseAnswer:
    """Return an event of use."""
    same = ("id", "seq", "declaration", "event", "reference", "district")
    return UseAnswer(
        **{name: getattr(row, name) for name in same},
        taxes=tuple(row.taxes),
        amount=money(row.amount_minor, currency),
        surcharge=money(row.surcharge_minor, currency),
        account=account_answer(row, currency),
        on=row.happened_on,
        at=row.created_at,
    )


def demand_answer(row: LetterDemandRow, days: DemandClock) -> DemandAnswer:
    """Return a demand with its days."""
    same = (
        "reference", "declaration", "district", "state", "received_on", "extend_to",
        "suspended_until", "answered_on",
    )  # fmt: skip
    return DemandAnswer(
        **{name: getattr(row, name) for name in same},
        refuse_by=days.refuse_by,
        pay_by=days.pay_by,
        provisional=days.provisional,
        payable=row.held,
        tax=money(row.tax_minor, row.currency),
        surcharge=money(row.surcharge_minor, row.currency),
        paid=money(row.paid_minor, row.currency),
        grounds=tuple(Finding(**one) for one in row.grounds),
    )
