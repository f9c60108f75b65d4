"""What is told about a right today, checked, and the state that it begins in."""

from enum import StrEnum
from math import exp, isfinite, isnan
from typing import TypeVar

import numpy as np

from kernel.errors import invalid
from models.right.law import Law
from models.right.path import Age
from models.right.states import PHASES, RATES, SIZE, Dispute, FloatArray, Standing, place

Word = TypeVar("Word", bound=StrEnum)


def checked_age(years: float, left: float, paid: float) -> Age:
    """Refuse what cannot be an age, a term or a time that is paid for; years."""
    for name, value in (("age_years", years), ("paid_years", paid)):
        if not isfinite(value) or value < 0:
            raise invalid(name, f"{value} cannot be", "give years from 0 up")
    if isnan(left):
        raise invalid("years_left", "is no number", "give the years to the end of its term")
    return Age(float(years), float(left), float(paid))


def one_of(words: type[Word], name: str, stated: str) -> Word:
    """Return the word that is stated, or refuse it, naming those that are known."""
    known = [word.value for word in words]
    if stated not in known:
        raise invalid(name, f"{stated!r} is not known", f"use one of {', '.join(known)}")
    return words(stated)


def start_of(law: Law, state: Dispute, standing: Standing, ago: float) -> FloatArray:
    """Chances of the states today.

    Of a right asserted `ago` years ago and not challenged so far, the chance that the time of
    answering still runs is, with p and lag of `rates.base_rates` and by Bayes,
    e / (e + (1 - p)(1 - e)), e = exp(-ago / lag).
    """
    if not isfinite(ago) or ago < 0:
        raise invalid("asserted_years_ago", f"{ago} cannot be", "give years from 0 up")
    start = np.zeros(SIZE)
    row = list(Standing).index(standing)
    if state is not Dispute.ASSERTED:
        start[place(row, PHASES.index(state.value))] = 1.0
        return start
    answered, unanswered = (law.base[RATES.index(name)] for name in ("answered", "unanswered"))
    open_still = exp(-ago * (answered + unanswered))
    missed = (1.0 - open_still) * unanswered / (answered + unanswered)
    start[place(row, 1)] = open_still / (open_still + missed)
    start[place(row, 2)] = 1.0 - start[place(row, 1)]
    return start
