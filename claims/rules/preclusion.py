"""What a refusal must say, and that a second one may say no more than the first.

Whoever refuses states every ground at once (Insurance Law art. 24: "with its reasons"). A ground
that the first refusal left out is not raised later: good faith (Insurance Law art. 5; Civil Code
art. 7) and the one request for papers (art. 22) hold the insurer to what it said.
"""

from collections.abc import Iterable, Iterator, Sequence

from kernel.errors import Conflict, Fault, Invalid
from kernel.finding import Finding


def check_precluded(first: Sequence[str], now: Sequence[str]) -> None:
    """Refuse grounds that an earlier refusal did not state; fewer or the same may be repeated.

    Args:
        first: codes of the first refusal's grounds; none where there was no refusal.
        now: codes of the grounds that a refusal would state now.

    Raises:
        Conflict: `precluded`, with a fault for each new ground.

    >>> check_precluded((), ("late-notice",))
    >>> check_precluded(("late-notice", "fraud"), ("fraud",))
    """
    fresh = [code for code in dict.fromkeys(now) if code not in first]
    if first and fresh:
        stated = ", ".join(first)
        cure = f"decide on the grounds that were stated: {stated}; else accept what is left"
        words = "was no ground of the first refusal"
        raise Conflict("precluded", *(Fault(f"grounds.{code}", words, cure) for code in fresh))


def check_reasoned(grounds: Iterable[Finding], evidence: str = "") -> None:
    """Refuse a refusal whose grounds are not said in full.

    Args:
        grounds: every ground.
        evidence: what shows a ground that names no record of its own, such as the claim's file.

    Raises:
        Invalid: `ground-not-reasoned`: there is no ground, or one lacks its words in either
            language, its clause or its evidence; all faults at once.
    """
    stated = tuple(grounds)
    faults = [fault for ground in stated for fault in _lacks(ground, evidence)]
    if not stated:
        faults = [Fault("grounds", "there is none", "state every ground, or accept the claim")]
    if faults:
        raise Invalid("ground-not-reasoned", *faults)


def _lacks(ground: Finding, evidence: str) -> Iterator[Fault]:
    wanted = {
        "words": ground.en,
        "words_zh": ground.zh,
        "clause": ground.clause,
        "evidence": ground.evidence or evidence,
    }
    for name, said in wanted.items():
        if not said.strip():
            yield Fault(f"grounds.{ground.code}.{name}", "is empty", f"state the {name}")
