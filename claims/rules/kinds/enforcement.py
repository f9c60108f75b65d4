"""Infringement of an insured right: cost of enforcing it, lost profit, costs of losing.

What is asked passes in this order: the adjuster's allowance; what no decision in force has
established yet; what the infringer has paid (Insurance Law art. 60); the terms of the policy as
`payment.pay` applies them; what the insured repays out of what it won; the sum insured still free.
Every amount is cumulative over the life of the claim, in minor units.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from claims.rules.kinds.benefit import Benefit, benefit_of
from claims.rules.kinds.cut import Cut, allowed_of, cuts_of, first, lines_of, taken_by
from claims.rules.kinds.enforcement_facts import FACTS, FOUND, LOST, apart
from claims.rules.kinds.kind import Kind, Stated
from claims.rules.line import Line
from kernel.money import allocate
from kernel.sharing import Loss, LossBase
from underwriting.products.infringement_loss.cover import RIGHT
from underwriting.products.infringement_loss.payment import AgreedTerms, Payment, pay, repay

LINES: Final = {
    "investigation": "调查费用 investigation",
    "litigation": "法律费用 legal cost",
    "loss_of_profit": "直接经济损失 loss of profit",
    "adverse_costs": "败诉费用 costs of losing",
}
"""Perils of the cover, in the order in which they bear the retention and are paid."""

_TERMS: Final = {
    "not_covered": ("未投保项目 peril not taken", "schedule: perils"),
    "retention": ("每案免赔额 retention", "wording: order of terms; schedule: retention"),
    "coinsurance": ("共保比例 coinsurance", "wording: order of terms; schedule: coinsurance"),
    "sublimit": ("每案分项限额 sublimit", "wording: order of terms; schedule: sublimit"),
    "limit": ("每案赔偿限额 limit of a matter", "wording: order of terms; schedule: limit"),
    "per_right": ("单项权利累计限额 aggregate of the right", "schedule: aggregate of a right"),
    "aggregate": ("累计赔偿限额 aggregate", "schedule: aggregate"),
}
"""Term of the policy -> its words, its clause."""

_ESTABLISHED: Final = {
    "loss_of_profit": (FOUND, "尚无生效裁判认定侵权成立 no decision in force has found it yet"),
    "adverse_costs": (LOST, "尚无裁判令被保险人承担 no decision puts them on the insured yet"),
}
"""Line -> the fact that makes it payable, what is said while it is missing."""


def cuts(stated: Stated) -> tuple[Cut, ...]:
    """Return everything that is taken from what is asked, in the order applied.

    What is asked less the cuts of a line is approved of it, to the minor unit.
    """
    left, found = allowed_of(LINES, stated.asked, stated.adjusted)
    for line, (fact, words) in _ESTABLISHED.items():
        if not stated.file.get(fact):
            found += cuts_of("not_established", {line: left[line]}, words, "wording: perils")
            left[line] = 0
    terms = AgreedTerms.of(stated.contract.agreed)
    won = benefit_of(stated.file, left, terms, stated.contract.currency)
    found += won.cuts
    paid, back = _paid(stated, terms, won)
    for term, (words, clause) in _TERMS.items():
        found += cuts_of(term, paid.taken.get(term, {}), words, clause)
    left = {line: paid.paid.get(line, 0) for line in LINES}
    return (*found, *_after(left, back, stated.room))


def _paid(stated: Stated, terms: AgreedTerms, won: Benefit) -> tuple[Payment, int]:
    """Return what the policy pays, and what of it is repaid.

    What is repaid reinstates the aggregates, so that what they had cut is made up out of it: with
    G payable before the aggregates and B of benefit, the aggregates leave room for min(G, B) more,
    and in the end min(room, max(0, G - B)) stays paid.
    """
    unlimited = replace(terms, per_right=None, aggregate=terms.limit)
    most = pay(unlimited, won.left).total
    again = repay(terms, most, money=won.money, kind=won.kind)
    right = stated.file.get(RIGHT) or ""
    paid = pay(
        terms,
        won.left,
        used_right=stated.used.by_right.get(right, 0) - again,
        used=stated.used.total - again,
    )
    return paid, repay(terms, paid.total, money=won.money, kind=won.kind)


def _after(left: Mapping[str, int], back: int, room: int) -> Iterator[Cut]:
    """Yield what is repaid, in proportion to what each line was paid, and what finds no room."""
    if back:
        parts = dict(zip(left, allocate(back, list(left.values())), strict=True))
        words = "经济利益返还 repaid out of what the insured won"
        yield from cuts_of("benefit", parts, words, "wording: economic benefit")
        left = {line: minor - parts[line] for line, minor in left.items()}
    words, clause = "余下保险金额 sum insured still free", "schedule: sum insured"
    yield from cuts_of("room", taken_by(left, first(left, room)), words, clause)


def approve(stated: Stated) -> tuple[Line, ...]:
    """Return every line with what is approved of it, and every cut on the line it hits."""
    asked, adjusted = stated.asked, stated.adjusted
    return lines_of(LINES, asked, adjusted, cuts(stated), stated.contract.currency)


def loss(lines: Sequence[Line], currency: str) -> Loss:
    """Return what the scheme shares: all lines, which every loss base counts.

    The price took the issuer's part of every payment, so the payment does the same.
    """
    return Loss(sum(line.approved for line in lines), 0, 0, currency)


ENFORCEMENT: Final = Kind(
    code="enforcement",
    product="infringement_loss",
    zh="被侵权损失",
    en="infringement of an insured right",
    event_zh="立案或受理日",
    event_en="day on which the filing was accepted",
    insured="被保险人 Insured",
    debtor="投保人 Policyholder",
    payment="应付赔款 Payment",
    lines=LINES,
    facts=FACTS,
    approve=approve,
    loss=loss,
    awaits={line: fact for line, (fact, _) in _ESTABLISHED.items()},
    shares=dict.fromkeys(LossBase, ("核定的损失及费用", "the approved loss and cost")),
    apart=apart,
)
"""Claims of a holder whose right was infringed."""
