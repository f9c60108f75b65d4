"""The bordereau of a party as figures, from the same account as the paper of that name."""

from collections.abc import Iterator
from datetime import date

from sqlmodel import Session

from claims.reports.account import Account, losses, premiums
from claims.reports.booked_back import recoveries
from claims.reports.booked_calls import called_in
from claims.reports.period import Asked
from claims.rules.reporting.figure import Figure
from kernel.money import Money

_TEXTS = ("booked_on", "corrects")


def bordereau_figures(session: Session, asked: Asked) -> tuple[Figure, ...]:
    """Return what was written, lost, called and recovered for a party, and its totals.

    A correction is a line of the period in which it was booked, with the day of what it corrects.
    """
    of = Account(
        scheme=asked.whom["scheme"],
        party=asked.whom["party"],
        currency=asked.currency,
        opens_on=asked.opens_on,
        closes_on=asked.closes_on,
    )
    lines = (
        *_written(session, of), *_lost(session, of), *_called(session, of), *_back(session, of),
    )  # fmt: skip
    return (*lines, *_totals(lines, of.currency))


def _written(session: Session, of: Account) -> Iterator[Figure]:
    for one in premiums(session, of):
        own = one.minor if one.terms.issuer == of.party else 0
        row = f"保险单 policy {one.policy.number}"
        yield _figure(row, "premium", ("净保险费", "net premium"), one.minor, of)
        yield _figure(row, "own_premium", ("属本方", "of it the party's"), own, of)


def _lost(session: Session, of: Account) -> Iterator[Figure]:
    for one in losses(session, of):
        row = f"赔案 claim {one.claim.number} {one.settlement.sequence}"
        yield from _days(row, one.settlement.settled_on, one.before_on)
        yield _figure(row, "whole", ("可分担损失", "shared loss"), one.whole, of)
        yield _figure(row, "own_loss", ("本方承担", "borne by the party"), one.own, of)


def _called(session: Session, of: Account) -> Iterator[Figure]:
    for one in called_in(session, of):
        row = f"催缴 call {one.claim} {one.sequence}"
        yield from _days(row, one.raised_on, None)
        yield _figure(row, "called", ("本期催缴", "called for in the period"), one.called, of)
        yield _figure(row, "unpaid", ("期末未缴", "unpaid at its end"), one.unpaid, of)


def _back(session: Session, of: Account) -> Iterator[Figure]:
    for one in recoveries(session, of):
        number = one.edition.edition
        row = f"追偿 recovery {one.claim.number} {one.recovery.reference} {number}"
        yield from _days(row, one.booked_on, one.corrects)
        yield _figure(row, "net", ("追偿净额", "net recovery"), one.net, of)
        yield _figure(row, "own_recovery", ("返还本方", "to the party"), one.own(of.party), of)


def _days(row: str, booked_on: date, corrects: date | None) -> Iterator[Figure]:
    """Yield the day of a line, and of a correction the day of what it corrects."""
    yield Figure(row, "booked_on", "入账日", "booked on", "day", booked_on.isoformat())
    words = ("更正何日的一笔", "corrects what was booked on")
    yield Figure(row, "corrects", *words, "day", corrects.isoformat() if corrects else "")


def _totals(lines: tuple[Figure, ...], unit: str) -> Iterator[Figure]:
    """Yield each column of amounts added up."""
    named = {one.code: one for one in lines if one.code not in _TEXTS}
    for code, one in named.items():
        whole = sum(_minor(line.value, unit) for line in lines if line.code == code)
        yield Figure("合计 total", code, one.zh, one.en, "money", Money(whole, unit).text, unit)


def _minor(text: str, unit: str) -> int:
    size = Money.of(text.removeprefix("-"), unit).minor
    return -size if text.startswith("-") else size


def _figure(row: str, code: str, words: tuple[str, str], minor: int, of: Account) -> Figure:
    return Figure(row, code, *words, "money", Money(minor, of.currency).text, of.currency)
