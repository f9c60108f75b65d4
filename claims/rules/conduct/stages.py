"""Stages of a matter, and the line of the claim that the cost of each is asked under."""

from collections.abc import Iterator, Mapping

from claims.rules.kinds import Kind
from claims.rules.kinds import stages as enforcement
from kernel.errors import Conflict, Fault
from kernel.money import allocate
from underwriting.products.infringement_liability.suit_terms import STAGES

FOUGHT = frozenset({"enforcement", "liability"})
"""Kinds of claim that are a matter that is fought."""


def stages_of(kind: Kind) -> Mapping[str, str]:
    """Return stage -> line; none where the kind is no matter that is fought."""
    if kind.code == "liability":
        return {stage: stage for stage in STAGES}
    if kind.code == "enforcement":
        return enforcement.STAGES
    return {}


def only_stage(lines: Mapping[str, str], line: str) -> str:
    """Return the stage of a line that has one alone, so that its cost need not name it; else "".

    >>> of_stages = {"before": "search", "first": "suit", "appeal": "suit"}
    >>> only_stage(of_stages, "search"), only_stage(of_stages, "suit")
    ('before', '')
    """
    found = [stage for stage, own in lines.items() if own == line]
    return found[0] if len(found) == 1 else ""


def no_stage(
    lines: Mapping[str, str], stage: str, field: str, line: str | None = None
) -> Iterator[Fault]:
    """Yield why a stage is none: of the matter, or of the line that its cost is asked under.

    >>> of_stages = {"before": "search", "first": "suit"}
    >>> [fault.cure for fault in no_stage(of_stages, "first", "stage", "search")]
    ['use before, or leave it out']
    >>> list(no_stage(of_stages, "first", "stage")), list(no_stage(of_stages, "first", "", "suit"))
    ([], [])
    """
    known = [one for one, own in lines.items() if line is None or own == line]
    if stage in known:
        return
    if line is None:
        yield Fault(field, f"{stage!r} is none", f"use {', '.join(known)}")
    elif known:
        words = f"{stage!r} is no stage of {line}"
        yield Fault(field, words, f"use {', '.join(known)}, or leave it out")
    else:
        yield Fault(field, f"{line} has no stages", "leave it out")


def paid_by_stage(
    lines: Mapping[str, str], cost: Mapping[tuple[str, str], int], paid: Mapping[str, int]
) -> dict[str, int]:
    """Return stage -> its part of what its line was paid, in proportion to what each asked.

    Cost that names no stage has a part too, which stands with no stage.

    Args:
        lines: stage -> line.
        cost: line and stage, "" where it names none -> minor units asked.
        paid: line -> minor units.

    >>> asked = {("suit", "first"): 200, ("suit", "appeal"): 100, ("suit", ""): 100}
    >>> paid_by_stage({"first": "suit", "appeal": "suit"}, asked, {"suit": 82})
    {'first': 41, 'appeal': 21}
    """
    found = dict.fromkeys(lines, 0)
    for line in dict.fromkeys(lines.values()):
        stages = [*(stage for stage, own in lines.items() if own == line), ""]
        weights = [cost.get((line, stage), 0) for stage in stages]
        if any(weights):
            parts = allocate(paid.get(line, 0), weights)
            found |= dict(zip(stages[:-1], parts[:-1], strict=True))
    return found


def check_fought(kind: Kind) -> None:
    """Refuse a claim that has no counsel, budget or settlement.

    Raises:
        Conflict: the claim is of another kind.
    """
    if kind.code not in FOUGHT:
        words = f"a claim for {kind.en} is no matter that is fought"
        raise Conflict("no-matter", Fault("claim", words, "see the acts on the claim itself"))
