"""The course of a claim as a story: what happened, in sentences; whose turn it is."""

from claims.rules.timeline.tell import KINDS, Telling, tell, untold
from claims.rules.timeline.turn import Open, in_order

__all__ = ["KINDS", "Open", "Telling", "in_order", "tell", "untold"]
