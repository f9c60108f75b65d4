"""What a matter brings in: what makes the loss good comes off it, the rest is benefit.

Insurance Law art. 60: what the insured has received from the infringer may be taken off what is
paid. The wording takes it off the loss of profit before any other term; what was received for the
cost of stopping the infringement comes off that cost. What is left over is money that the matter
brought in, and is repaid where the policy agrees on it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from claims.rules.kinds.cut import Cut, cuts_of, first, stated_minor, taken_by
from claims.rules.kinds.enforcement_facts import COSTS_RECEIVED, IN_KIND, RECEIVED
from underwriting.products.infringement_loss.payment import AgreedTerms

_MAKES_GOOD: Final = {
    RECEIVED: ("loss_of_profit",),
    COSTS_RECEIVED: ("litigation", "investigation"),
}
"""Fact -> the lines that the money makes good, the first of them first."""

_WORDS: Final = "已从侵权人处取得 received from the infringer"
_CLAUSE: Final = "保险法 Insurance Law art. 60; wording: perils"


@dataclass(frozen=True, slots=True)
class Benefit:
    """What came in, and what it leaves of the loss; minor units.

    Attributes:
        left: line -> loss that nobody made good.
        money: received beyond the covered loss that it made good.
        kind: worth of a benefit in kind.
        cuts: what the money takes from each line.
    """

    left: Mapping[str, int]
    money: int
    kind: int
    cuts: tuple[Cut, ...]


def benefit_of(
    file: Mapping[str, Any], loss: Mapping[str, int], terms: AgreedTerms, currency: str
) -> Benefit:
    """Take what was received off the lines that it makes good.

    A peril that is not taken makes nothing good: what was received for it is money of the matter.
    """
    left, money = dict(loss), 0
    cuts: list[Cut] = []
    for fact, lines in _MAKES_GOOD.items():
        came = stated_minor(file, fact, currency)
        open_ = {line: left[line] for line in lines if line in terms.perils}
        good = first(open_, came)
        cuts += cuts_of("received", good, _WORDS, _CLAUSE)
        left |= taken_by(open_, good)
        money += came - sum(good.values())
    return Benefit(left, money, stated_minor(file, IN_KIND, currency), tuple(cuts))
