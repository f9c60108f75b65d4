"""The recovery statement, filled from a recovery and the shares it went to."""

from collections.abc import Sequence

from claims.facts import Case
from claims.tables import RecoveryRow, ShareRow
from documents.forms.recovery_statement import GivenBack, RecoveryStatement
from kernel.desk import Desk
from kernel.money import Money
from kernel.sharing import UNCOVERED
from underwriting.papers import parts


def recovery_statement(
    case: Case, row: RecoveryRow, shares: Sequence[ShareRow], *, number: str, desk: Desk
) -> RecoveryStatement:
    """Return the statement as it is printed; `shares` already hold what was given back."""

    def line(party: str, borne: int, now: int, total: int) -> GivenBack:
        figures = (borne, now, total, borne - total)
        return GivenBack(party, *(Money(minor, row.currency) for minor in figures))

    bearing = [share for share in shares if share.paid_minor]
    parties = tuple(
        line(
            _name(share.party), share.paid_minor, row.parts.get(share.party, 0),
            share.given_back_minor,
        )
        for share in bearing
    )  # fmt: skip
    total = line(
        "",
        sum(share.paid_minor for share in bearing),
        sum(row.parts.values()),
        sum(share.given_back_minor for share in bearing),
    )
    return RecoveryStatement(
        number=number,
        insurer_name=desk.insurer,
        issued_on=desk.on,
        claim_number=case.claim.number,
        policy_number=case.policy.number,
        source=f"{row.source} ({row.reference})",
        value_on=row.value_date,
        gross=Money(row.gross_minor, row.currency),
        costs=Money(row.gross_minor - row.net_minor, row.currency),
        net=Money(row.net_minor, row.currency),
        parties=parties,
        total=total,
        surplus=Money(row.surplus_minor, row.currency),
        surplus_to=case.contract.policyholder if row.surplus_minor else "",
        rule=parts.RECOVERY_RULES[case.scheme.scheme.recovery],
        notes=_cost_notes(row),
    )


def _cost_notes(row: RecoveryRow) -> tuple[str, ...]:
    """Say it where the costs met are not the costs of this recovery."""
    met = row.gross_minor - row.net_minor
    if met == row.costs_minor:
        return ()
    spent, paid = Money(row.costs_minor, row.currency), Money(met, row.currency)
    words = (
        f"本次费用 {spent}，以本次所得支付历次费用 {paid}；未支付部分由下次所得先行支付。 "
        f"Costs of this recovery are {spent}; {paid} of all costs so far is met from it, "
        "and what is still unmet comes off the next one first."
    )
    return (words,)


def _name(party: str) -> str:
    return "银行未获分担部分 bank, uncovered" if party == UNCOVERED else party
