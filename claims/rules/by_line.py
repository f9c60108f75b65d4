"""What a payment is for, line by line, and to whom each line goes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from claims.rules.kinds.kind import Kind
from claims.rules.line import Line
from claims.rules.payout import INSURED, THIRD_PARTY
from kernel.money import allocate
from kernel.sharing import LossBase


def paid_by_line(
    kind: Kind, lines: Sequence[Line], currency: str, *, loss_base: LossBase, minor: int
) -> dict[str, int]:
    """Return line -> what of a payment is for it, in proportion to what the scheme shares of it.

    The parts are the whole; where nothing is shared, nothing is paid.
    """
    weights = [shared_alone(kind, lines, line, currency, loss_base) for line in lines]
    if not any(weights):
        assert minor == 0, "nothing is paid for lines that are not shared"
        return dict.fromkeys((line.code for line in lines), 0)
    parts = allocate(minor, weights)
    return {line.code: part for line, part in zip(lines, parts, strict=True)}


def counted(
    kind: Kind, lines: Sequence[Line], currency: str, *, loss_base: LossBase, minor: int
) -> int:
    """Return what of the eligible loss counts on the sum insured: not what stands beside it."""
    if not kind.beside:
        return minor
    parts = paid_by_line(kind, lines, currency, loss_base=loss_base, minor=minor)
    return sum(part for line, part in parts.items() if line not in kind.beside)


def shared_alone(
    kind: Kind, lines: Sequence[Line], one: Line, currency: str, loss_base: LossBase
) -> int:
    """Return what the scheme would share if `one` of the lines were approved alone, minor units."""
    alone = [line if line is one else replace(line, approved=0) for line in lines]
    return kind.loss(alone, currency).base(loss_base)


def payees_of(kind: Kind, paid: Mapping[str, int], file: Mapping[str, Any]) -> dict[str, int]:
    """Return payee -> what it is owed: a third party its lines, unless the insured paid it."""
    theirs = frozenset() if file.get("third_party_paid") else kind.to_third_party
    owed = {INSURED: 0, THIRD_PARTY: 0}
    for line, minor in paid.items():
        owed[THIRD_PARTY if line in theirs else INSURED] += minor
    return {payee: minor for payee, minor in owed.items() if minor}
