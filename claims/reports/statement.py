"""The statement of a party of a scheme: opening, every movement by value date, closing."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from sqlmodel import Session

from claims.reports.called import calls_on
from claims.reports.moved import Movement, Whose, charged, given_back, money_in
from claims.reports.period import Asked
from claims.reports.reserved import reserved_on
from claims.rules.reporting.figure import Figure
from kernel.money import format_minor
from underwriting import store as contracts

_WORDS: Final = {
    "contributed": ("缴入", "paid in"),
    "opened": ("此前支出", "drawn before these books"),
    "charged": ("承担损失", "share of a loss"),
    "given_back": ("追偿返还", "recovery given back"),
}
_OPENING, _CLOSING = "期初 opening", "期末 closing"


def statement(session: Session, asked: Asked) -> tuple[Figure, ...]:
    """Return the figures of a party's statement, by all that is known now."""
    of = Whose(asked.whom["scheme"], asked.whom["party"], asked.currency)
    pool = contracts.pool(session, of.scheme, of.party, of.currency)
    money = money_in(session, pool) if pool else ()
    moves = (*money, *charged(session, of), *given_back(session, of))
    before = sum(one.minor for one in moves if one.value_on < asked.opens_on)
    lines = _merged([one for one in moves if asked.covers(one.value_on)])
    calls = calls_on(session, of, asked.closes_on)
    awaited = sum(one.open for one in calls)
    expected = sum(one.party for one in reserved_on(session, of, asked.closes_on))
    unit = asked.currency
    return (
        _money(_OPENING, "balance", ("余额", "balance"), before, unit),
        *(_line(one, unit) for one in lines),
        *_sums(lines, unit),
        _money(_CLOSING, "balance", ("余额", "balance"), before + _net(lines), unit),
        _money(_CLOSING, "called", ("待缴催缴款", "calls awaited"), awaited, unit),
        _money(_CLOSING, "reserved", ("未决赔案预计承担", "expected part of open claims"), expected,
               unit),
    )  # fmt: skip


def _merged(moves: list[Movement]) -> list[Movement]:
    """Add up what moved for one reason on one day, by day, kind and reference."""
    found: dict[tuple[object, ...], Movement] = {}
    for one in sorted(moves, key=lambda one: (one.value_on, one.kind, one.reference)):
        key = (one.value_on, one.kind, one.reference)
        before = found[key].minor if key in found else 0
        found[key] = replace(one, minor=before + one.minor)
    return [one for one in found.values() if one.minor]


def _line(one: Movement, unit: str) -> Figure:
    row = f"{one.value_on} {one.reference}"
    return _money(row, one.kind, _WORDS[one.kind], one.minor, unit)


def _sums(lines: list[Movement], unit: str) -> Iterator[Figure]:
    for kind, (zh, en) in _WORDS.items():
        whole = sum(one.minor for one in lines if one.kind == kind)
        yield _money(_CLOSING, kind, (f"本期{zh}", f"{en} in the period"), whole, unit)


def _net(lines: list[Movement]) -> int:
    return sum(one.minor for one in lines)


def _money(row: str, code: str, words: tuple[str, str], minor: int, unit: str) -> Figure:
    return Figure(row, code, *words, "money", format_minor(minor, unit), unit)
