"""What all that was noted of a right makes of it today."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from models.right import Covenant, Dispute
from models.right import Standing as Decided
from underwriting.pledge.forms import PledgedRight
from underwriting.watch.alert import Noted


@dataclass(frozen=True, slots=True, kw_only=True)
class RightState:
    """A pledged right as it stands.

    Attributes:
        dispute: what goes on about it.
        standing: what the decisions so far left of it.
        covenant: who watches its fees.
        paid: are its fees paid as far as was stated?
        ended: is it gone?
        pledged: does the pledge stand in the register?
        value: part of the stated value that is left, exact.
    """

    dispute: Dispute = Dispute.QUIET
    standing: Decided = Decided.UNTOUCHED
    covenant: Covenant = Covenant.WATCHED
    paid: bool = True
    ended: bool = False
    pledged: bool = True
    value: Fraction = Fraction(1)

    @classmethod
    def underwritten(cls, right: PledgedRight) -> "RightState":
        """Return the state that the proposal states."""
        pending = right.invalidation_pending
        return cls(dispute=Dispute.CHALLENGED if pending else Dispute.QUIET)

    @property
    def secures(self) -> bool:
        """Is there a right, and a pledge of it?"""
        return self.pledged and not self.ended

    def after(self, noted: Noted) -> "RightState":
        """Return the state after one more thing was noted of the right."""
        made = dict(noted.rule.right)
        if "value" in made:
            made["value"] = self.value * Fraction(made["value"])
        words = {"dispute": Dispute, "standing": Decided, "covenant": Covenant}
        typed: dict[str, Any] = {
            name: words[name](value) if name in words else value for name, value in made.items()
        }
        return replace(self, **typed)


def state_of(right: PledgedRight, noted: Iterable[Noted]) -> RightState:
    """Fold what was noted of a right, in order, onto the state that the proposal states.

    A right that was declared wholly invalid never existed: nothing restores it.
    """
    state = RightState.underwritten(right)
    never = False
    for one in sorted(noted, key=lambda each: (each.happened_on, each.seq)):
        state = state.after(one)
        never = never or one.kind == "invalidated_wholly"
    return replace(state, ended=True) if never else state
