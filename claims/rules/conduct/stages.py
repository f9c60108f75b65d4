"""Stages of a matter, and the line of the claim that the cost of each is asked under."""

from collections.abc import Mapping

from claims.rules.kinds import Kind
from claims.rules.kinds import stages as enforcement
from kernel.errors import Conflict, Fault
from underwriting.products.infringement_liability.suit_terms import STAGES

FOUGHT = frozenset({"enforcement", "liability"})
"""Kinds of claim that are a matter that is fought."""


def stages_of(kind: Kind) -> Mapping[str, str]:
    """Return stage -> line; none where the kind is no matter that is fought."""
    if kind.code == "liability":
        return {stage: stage for stage in STAGES}
    if kind.code == "enforcement":
        return {stage: one.line for stage, one in enforcement.STAGES.items()}
    return {}


def only_stage(lines: Mapping[str, str], line: str) -> str:
    """Return the stage of a line that has one alone, so that its cost need not name it; else "".

    >>> of_stages = {"before": "search", "first": "suit", "appeal": "suit"}
    >>> only_stage(of_stages, "search"), only_stage(of_stages, "suit")
    ('before', '')
    """
    found = [stage for stage, own in lines.items() if own == line]
    return found[0] if len(found) == 1 else ""


def check_fought(kind: Kind) -> None:
    """Refuse a claim that has no counsel, budget or settlement.

    Raises:
        Conflict: the claim is of another kind.
    """
    if kind.code not in FOUGHT:
        words = f"a claim for {kind.en} is no matter that is fought"
        raise Conflict("no-matter", Fault("claim", words, "see the acts on the claim itself"))
