"""The settlement statement, filled from a loss that was shared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from claims.facts import Case, day
from claims.rules.kinds.customs import DEMAND
from claims.rules.kinds.kind import CASH
from claims.rules.line import Line
from claims.rules.payout import INSURED, Payout
from claims.rules.purpose import CLAUSES, WORDS, Purpose
from claims.rules.unverified import unverified_said
from claims.worded import claim_words, party_called, step_told, terms_told
from documents.forms.settlement_rows import BorneShare, Call, LossLine, PaidAlready, Payee
from documents.forms.settlement_statement import SettlementStatement
from kernel.desk import Desk
from kernel.money import Money
from kernel.sharing import Split
from underwriting.papers import parts


@dataclass(frozen=True, slots=True)
class Settled:
    """What a settlement came to.

    Attributes:
        lines: asked and approved, line by line.
        split: the sharing.
        now: payee -> what it is paid now, minor units.
        calls: party, amount in minor units, last day, clause.
        pay_by: last day of payment under the law.
        purpose: why it is settled.
        paid: line -> what the house pays of it, all in all, minor units.
        payout: what is owed and was paid out, all in all.
    """

    lines: Sequence[Line]
    split: Split
    now: Mapping[str, int]
    calls: Sequence[tuple[str, int, date, str]]
    pay_by: date
    purpose: Purpose
    paid: Mapping[str, int]
    payout: Payout

    @property
    def payment(self) -> int:
        """To the insured and third parties now, minor units."""
        return sum(self.now.values())


def settlement_statement(
    case: Case, settled: Settled, *, number: str, desk: Desk
) -> SettlementStatement:
    """Return the statement as it is printed: every line and total adds up."""
    split, scheme = settled.split, case.scheme.scheme

    def money(minor: int) -> Money:
        return Money(minor, split.currency)

    return SettlementStatement(
        number=number,
        insurer_name=desk.insurer,
        issued_on=desk.on,
        claim_number=case.claim.number,
        policy_number=case.policy.number,
        scheme_code=scheme.code,
        scheme_title=scheme.title,
        bank=case.bank,
        borrower=case.contract.policyholder,
        losses=_losses(settled, case.kind.lines, split.currency),
        asked=money(sum(line.asked for line in settled.lines)),
        approved=money(sum(line.approved for line in settled.lines)),
        eligible=money(split.eligible),
        ineligible=money(split.ineligible),
        shares=_shares(case, split),
        due=money(sum(part.due for part in split.parts)),
        borne=money(sum(part.paid for part in split.parts)),
        uncovered=money(split.uncovered),
        steps=tuple("{}。 {}.".format(*step_told(case, step)) for step in split.steps),
        payment=money(settled.payment),
        payment_due_on=settled.pay_by if settled.payment else None,
        payment_clause=CLAUSES[settled.purpose],
        calls=tuple(
            Call(party_called(case, party), money(minor), due, terms_told(case, clause))
            for party, minor, due, clause in settled.calls
        ),
        called=money(sum(minor for _, minor, _, _ in settled.calls)),
        notes=tuple(unverified_said(term, why) for term, why in scheme.unverified.items()),
        purpose=WORDS[settled.purpose],
        owed=money(settled.payout.owed),
        paid_before=money(settled.payout.out - settled.payment),
        overpaid=money(settled.payout.overpaid),
        words=claim_words(case),
        payees=_payees(case, settled) if case.kind.pays_from == CASH else (),
        already=None if case.kind.pays_from == CASH else _already(case),
    )


def _payees(case: Case, settled: Settled) -> tuple[Payee, ...]:
    """Return who is paid in cash: the insured, and a third party where one was paid."""
    unit, names = settled.split.currency, {INSURED: case.bank}
    third = case.claim.file.get("counterparty") or "第三人 third party"
    return tuple(
        Payee(names.get(who, third), Money(settled.now.get(who, 0), unit), Money(paid, unit))
        for who, paid in settled.payout.payees.items()
    )


def _already(case: Case) -> PaidAlready:
    """Return how a demand was met under its letter, before it was a claim."""
    demand = case.claim.file.get(DEMAND) or {}
    return PaidAlready(str(demand.get("letter") or "—"), day(demand, "paid_on"))


def _losses(settled: Settled, words: Mapping[str, str], currency: str) -> tuple[LossLine, ...]:
    return tuple(
        LossLine(
            words[line.code], Money(line.asked, currency), Money(line.approved, currency),
            line.reason,
            adjusted=Money(line.adjusted, currency),
            paid=Money(settled.paid[line.code], currency),
        )
        for line in settled.lines
        if line.asked
    )  # fmt: skip


def _shares(case: Case, split: Split) -> tuple[BorneShare, ...]:
    return tuple(
        BorneShare(
            party=party_called(case, part.party),
            role=parts.ROLES[part.role],
            due=Money(part.due, split.currency),
            paid=Money(part.paid, split.currency),
            reasons="; ".join("{} {}".format(*step_told(case, step)) for step in part.steps),
        )
        for part in split.parts
    )
