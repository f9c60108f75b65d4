"""The bordereau of a party as figures, from the same account as the paper of that name."""

from collections.abc import Iterator

from sqlmodel import Session

from claims.account import Account, losses, premiums, recoveries
from claims.reports.period import Asked
from claims.rules.reporting.figure import Figure
from kernel.money import Money
from underwriting.rules.contract import Contract


def bordereau_figures(session: Session, asked: Asked) -> tuple[Figure, ...]:
    """Return what was written, lost and recovered for a party, line by line, and its totals."""
    of = Account(
        scheme=asked.whom["scheme"],
        party=asked.whom["party"],
        currency=asked.currency,
        opens_on=asked.opens_on,
        closes_on=asked.closes_on,
    )
    lines = (*_written(session, of), *_lost(session, of), *_back(session, of))
    return (*lines, *_totals(lines, of.currency))


def _written(session: Session, of: Account) -> Iterator[Figure]:
    for policy, minor in premiums(session, of):
        own = minor if Contract.of(policy.contract).issuer == of.party else 0
        row = f"保险单 policy {policy.number}"
        yield _figure(row, "premium", ("净保险费", "net premium"), minor, of)
        yield _figure(row, "own_premium", ("属本方", "of it the party's"), own, of)


def _lost(session: Session, of: Account) -> Iterator[Figure]:
    for one in losses(session, of):
        row = f"赔案 claim {one.claim.number} {one.settlement.sequence}"
        yield _figure(row, "whole", ("可分担损失", "shared loss"), one.whole, of)
        yield _figure(row, "own_loss", ("本方承担", "borne by the party"), one.own, of)


def _back(session: Session, of: Account) -> Iterator[Figure]:
    for place, one in enumerate(recoveries(session, of), start=1):
        row = f"追偿 recovery {place} {one.claim.number} {one.recovery.reference} {one.booked_on}"
        own = one.recovery.parts.get(of.party, 0)
        yield _figure(row, "net", ("追偿净额", "net recovery"), one.recovery.net_minor, of)
        yield _figure(row, "own_recovery", ("返还本方", "to the party"), own, of)


def _totals(lines: tuple[Figure, ...], unit: str) -> Iterator[Figure]:
    """Yield each column added up."""
    named = {one.code: one for one in lines}
    for code, one in named.items():
        whole = sum(_minor(line.value, unit) for line in lines if line.code == code)
        yield Figure("合计 total", code, one.zh, one.en, "money", Money(whole, unit).text, unit)


def _minor(text: str, unit: str) -> int:
    size = Money.of(text.removeprefix("-"), unit).minor
    return -size if text.startswith("-") else size


def _figure(row: str, code: str, words: tuple[str, str], minor: int, of: Account) -> Figure:
    return Figure(row, code, *words, "money", Money(minor, of.currency).text, of.currency)
