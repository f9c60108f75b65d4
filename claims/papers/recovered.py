"""The recovery statement, filled from a recovery and the shares it went to."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from claims.disposal.since import Changed
from claims.facts import Case
from claims.rules.disposal.bookings import BEYOND
from claims.rules.disposal.chronology import totals
from claims.tables import RecoveryRow, ShareRow
from claims.worded import party_called
from documents.forms.recovery_statement import GivenAnew, GivenBack, RecoveryStatement
from kernel.desk import Desk
from kernel.money import Money
from kernel.sharing import UNCOVERED
from underwriting.papers import parts

_NAMES: Final = {
    UNCOVERED: "银行未获分担部分 bank, uncovered",
    BEYOND: "保险人付款中不属保险责任的部分 insurer, paid beyond the cover",
}
_ANEW: Final = (
    "前次追偿已按到账日先后重新分配，本次返还和余额包括其增减。 Earlier recoveries are given back "
    "anew, in the order of their value dates; what is given back now and the surplus hold what "
    "that changed."
)


def recovery_statement(
    case: Case,
    row: RecoveryRow,
    shares: Sequence[ShareRow],
    changed: Sequence[Changed] = (),
    *,
    beyond: tuple[int, int] = (0, 0),
    number: str,
    desk: Desk,
) -> RecoveryStatement:
    """Return the statement as it is printed; `shares` already hold what was given back.

    `changed` are earlier recoveries that are given back anew since the statement before: what a
    party gets now is its part of this one and what it gets more or less of those. `beyond` is what
    was paid under a letter beyond the cover, and what of it came back so far, minor units.
    """
    unit = case.claim.currency
    now = totals((row.parts, *(one.parts for one in changed)))
    lines = tuple(_lines(case, shares, now, beyond))
    surplus = row.surplus_minor + sum(one.surplus for one in changed)
    return RecoveryStatement(
        number=number,
        insurer_name=desk.insurer,
        issued_on=desk.on,
        claim_number=case.claim.number,
        policy_number=case.policy.number,
        source=f"{row.source} ({row.reference})",
        value_on=row.value_date,
        gross=Money(row.gross_minor, unit),
        costs=Money(row.gross_minor - row.net_minor, unit),
        net=Money(row.net_minor, unit),
        parties=lines,
        total=_sum(lines, unit),
        surplus=Money(surplus, unit),
        surplus_to=case.contract.policyholder if surplus else "",
        rule=parts.RECOVERY_RULES[case.scheme.scheme.recovery],
        notes=(*_cost_notes(row), *((_ANEW,) if changed else ())),
        changed=tuple(_anew(one, unit) for one in changed),
    )


def _lines(
    case: Case,
    shares: Sequence[ShareRow],
    now: Mapping[str, int],
    beyond: tuple[int, int],
) -> Iterator[GivenBack]:
    """Yield a line for each party that bears, and for each whose earlier part changes."""
    stands = {one.party: (one.paid_minor, one.given_back_minor) for one in shares}
    stands[BEYOND] = beyond
    for party in dict.fromkeys((*stands, *now)):
        borne, total = stands.get(party, (0, 0))
        if borne or now.get(party):
            unit = case.claim.currency
            figures = (borne, now.get(party, 0), total, borne - total)
            yield GivenBack(_name(case, party), *(Money(minor, unit) for minor in figures))


def _sum(lines: Sequence[GivenBack], unit: str) -> GivenBack:
    nothing = Money(0, unit)
    return GivenBack(
        "",
        sum((one.borne for one in lines), nothing),
        sum((one.now for one in lines), nothing),
        sum((one.in_total for one in lines), nothing),
        sum((one.still_borne for one in lines), nothing),
    )


def _anew(one: Changed, unit: str) -> GivenAnew:
    before, now = one.before, one.now
    figures = (
        sum(before.parts.values()), sum(now.parts.values()),
        before.surplus_minor, now.surplus_minor,
    )  # fmt: skip
    money = (Money(minor, unit) for minor in figures)
    return GivenAnew(one.row.reference, one.row.value_date, *money)


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


def _name(case: Case, party: str) -> str:
    return _NAMES.get(party) or party_called(case, party)
