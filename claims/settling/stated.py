"""What a new settlement comes to, before anything is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from claims.facts import Case
from claims.rules.bookings import paid_to_bank
from claims.rules.by_line import counted, paid_by_line, payees_of
from claims.rules.line import Line
from claims.rules.payout import Payout, pay_on
from claims.rules.purpose import Purpose
from claims.tables import SettlementRow
from kernel.sharing import Facts, Split, split


@dataclass(frozen=True, slots=True)
class Settling:
    """A settlement as it is worked out.

    Attributes:
        purpose: why.
        lines: of the claim.
        shared: the whole of it, under the scheme.
        facts: what the scheme asked.
        counted: of what is shared, what counts on the sum insured, minor units.
        paid: line -> what the house pays of it, all in all, minor units.
        payout: owed, paid out and taken back after it.
        now: payee -> what it is paid now.
    """

    purpose: Purpose
    lines: Sequence[Line]
    shared: Split
    facts: Facts
    counted: int
    paid: Mapping[str, int]
    payout: Payout
    now: Mapping[str, int]

    def json_lines(self) -> list[dict[str, Any]]:
        """The lines as they are kept with the settlement."""
        return [
            {
                "code": line.code,
                "asked": line.asked,
                "adjusted": line.adjusted,
                "approved": line.approved,
                "paid": self.paid[line.code],
                "reason": line.reason,
            }
            for line in self.lines
        ]


def settling(case: Case, lines: Sequence[Line], purpose: Purpose, facts: Facts) -> Settling:
    """Share what is approved and say who is paid what of it, now and in all."""
    scheme, kind, unit = case.scheme.scheme, case.kind, case.claim.currency
    shared = split(scheme, kind.loss(lines, unit), facts)
    owed = paid_to_bank(shared, case.sides)
    paid = paid_by_line(kind, lines, unit, loss_base=scheme.loss_base, minor=owed)
    payout, now = pay_on(payout_of(case.standing), payees_of(kind, paid, case.claim.file))
    uses = counted(kind, lines, unit, loss_base=scheme.loss_base, minor=shared.eligible)
    return Settling(purpose, lines, shared, facts, uses, paid, payout, now)


def payout_of(row: SettlementRow | None) -> Payout:
    """Return what a settlement says of what is owed and was paid."""
    if row is None:
        return Payout()
    return Payout(row.paid_to_bank_minor, row.paid_out_minor, row.taken_back_minor, row.payees)
