"""The premium note, filled from every transaction of a policy: who owes what by when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from documents.blocks import written
from documents.forms.premium_note import Due, PaidBy, PremiumNote
from kernel.money import Money
from underwriting.papers.cover_note import named
from underwriting.papers.endorsement import KINDS
from underwriting.product import Product
from underwriting.rules.contract import Contract
from underwriting.rules.history import Kind

_PUBLIC = "财政补贴 public subsidy"
_INSTALLED = (Kind.ISSUE, Kind.RENEWAL)
"""Kinds of transaction whose premium falls due as the product says; others at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Charged:
    """What one transaction changed in the premium.

    Attributes:
        kind: of the transaction.
        number: of the transaction.
        effective_on: from which day it holds.
        contract: the terms then.
        total: minor units; below zero it is returned.
        tax: of it.
        subsidy: of it, what a public payer bears.
    """

    kind: Kind
    number: str
    effective_on: date
    contract: Contract
    total: int
    tax: int
    subsidy: int


def premium_note(
    charged: Sequence[Charged],
    product: Product,
    *,
    number: str,
    policy_number: str,
    insurer: str,
    client: str,
    on: date,
) -> PremiumNote:
    """Return the note as it is printed; `charged` is every transaction, in order."""
    assert charged, "a policy was issued"
    contract = charged[-1].contract
    dues = tuple(due for one in charged for due in _dues(one, product))
    total = Money(sum(one.total for one in charged), contract.currency)
    tax = Money(sum(one.tax for one in charged), contract.currency)
    return PremiumNote(
        number=number,
        insurer_name=insurer,
        issued_on=on,
        policy_number=policy_number,
        product_zh=product.zh,
        product_en=product.en,
        policyholder=contract.policyholder,
        insured=named(contract.insured, contract, client),
        net=total - tax,
        tax=tax,
        dues=tuple(sorted(dues, key=lambda due: due.due_on)),
        payers=_by_payer(dues, contract.currency),
        total=total,
    )


def _dues(one: Charged, product: Product) -> Iterator[Due]:
    """Yield what a transaction makes due: public payers at once, the policyholder as agreed."""
    contract = one.contract
    own = Money(one.total - one.subsidy, contract.currency)
    if one.subsidy:
        payer = f"{_PUBLIC}：{contract.subsidy[0]}" if contract.subsidy else _PUBLIC
        part = Money(one.subsidy, contract.currency)
        yield Due(payer, _basis(one), one.effective_on, part)
    if product.instalments is None or one.kind not in _INSTALLED:
        if own.minor:
            yield Due(contract.policyholder, _basis(one), one.effective_on, own)
        return
    for fall in product.instalments(contract, own):
        yield Due(contract.policyholder, f"{_basis(one)}: {fall.basis}", fall.on, fall.money)


def _basis(one: Charged) -> str:
    if one.kind is Kind.ISSUE:
        return "签发 issue"
    return f"{written(KINDS[one.kind])} {one.number}"


def _by_payer(dues: Sequence[Due], currency: str) -> tuple[PaidBy, ...]:
    sums: dict[str, int] = {}
    for due in dues:
        sums[due.payer] = sums.get(due.payer, 0) + due.amount.minor
    return tuple(PaidBy(payer, Money(minor, currency)) for payer, minor in sums.items())
