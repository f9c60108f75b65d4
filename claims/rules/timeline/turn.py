"""Whose turn it is: what is open on a claim, the next deadline first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from claims.rules.duty import Duty
from claims.rules.timeline.phrases import clause_said, named
from claims.rules.timeline.words import Names, spoken_day


@dataclass(frozen=True, slots=True)
class Open:
    """A duty that waits.

    Attributes:
        duty: what is to be done.
        late: its last day has passed.
        days_left: to the last day, negative once it has passed; None where no day is set.
    """

    duty: Duty
    late: bool
    days_left: int | None


def in_order(duties: Iterable[Duty], on: date) -> tuple[Open, ...]:
    """Return what is open on a day: by its last day, what has none at the end, once each.

    >>> soon = Duty("a", "bank", "", "", "", date(2026, 1, 2))
    >>> someday = Duty("b", "bank", "", "", "", None)
    >>> done = Duty("c", "bank", "", "", "", None, date(2026, 1, 1))
    >>> [one.duty.code for one in in_order([someday, done, soon], date(2026, 1, 1))]
    ['a', 'b']
    """
    waiting = dict.fromkeys(duty for duty in duties if duty.done_on is None)
    ranked = sorted(waiting, key=lambda one: (one.due or date.max, one.code, one.whose))
    return tuple(
        Open(duty, duty.late(on), (duty.due - on).days if duty.due else None) for duty in ranked
    )


@dataclass(frozen=True, slots=True)
class Turn:
    """A duty that waits, as it is read aloud in one language.

    Attributes:
        who: whose turn it is.
        task: what is to be done.
        clause: what it rests on.
        sentence: all of it, with the last day.
    """

    who: str
    task: str
    clause: str
    sentence: str


def turn_said(one: Open, names: Names, tongue: str) -> Turn:
    """Say whose turn it is, what is to be done and by when.

    >>> duty = Duty("pay", "fund", "支付分担款", "pay its share", "", date(2026, 1, 2))
    >>> names = Names("CNY", {"fund": ("风险补偿资金", "the public fund")})
    >>> turn_said(Open(duty, late=True, days_left=-3), names, "en").sentence
    'It is the turn of the public fund: pay its share, by 2 January 2026, 3 days late.'
    """
    duty = one.duty

    def name(code: str) -> str | None:
        return names.in_text(code, tongue)

    who = names.of(duty.whose, tongue, "party")
    task = named(duty.zh if tongue == "zh" else duty.en, tongue, name)
    clause = clause_said(duty.clause, tongue, name)
    return Turn(who, task, clause, _SENTENCE[tongue](one, who, task, clause))


def _zh(one: Open, who: str, task: str, clause: str) -> str:
    rests = f"，依据：{clause}" if clause else ""
    if one.duty.due is None or one.days_left is None:
        return f"轮到{who}：{task}{rests}，未设期限。"
    late = f"，已逾期{-one.days_left}天" if one.late else f"，还有{one.days_left}天"
    return f"轮到{who}：{task}{rests}，应于{spoken_day(one.duty.due, 'zh')}前完成{late}。"


def _en(one: Open, who: str, task: str, clause: str) -> str:
    rests = f", under {clause}" if clause else ""
    if one.duty.due is None or one.days_left is None:
        return f"It is the turn of {who}: {task}{rests}; no day is set."
    days = abs(one.days_left)
    late = f"{days} day{'s' * (days != 1)} {'late' if one.late else 'left'}"
    return f"It is the turn of {who}: {task}{rests}, by {spoken_day(one.duty.due, 'en')}, {late}."


_SENTENCE: Final = {"zh": _zh, "en": _en}
