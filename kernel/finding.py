"""Findings: what a rule saw, as a value. All of them at once; refusals are another thing."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class Effect(StrEnum):
    """What a finding does to a proposal or a claim, mildest first."""

    INFORM = "inform"
    REFER = "refer"
    WAIT = "wait"
    CUT = "cut"
    DECLINE = "decline"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule saw.

    Attributes:
        code: stable, for programs.
        effect: what it does.
        en: what was seen, in English.
        zh: the same in Chinese.
        clause: the term or article it rests on.
        cure: what would change it; empty where nothing would.
        evidence: the record that shows it, such as an event or a paper; empty where none is named.
    """

    code: str
    effect: Effect
    en: str
    zh: str
    clause: str
    cure: str
    evidence: str = ""

    def json(self) -> dict[str, str]:
        """The finding as it crosses the wire and as it is stored; no evidence, no key."""
        said = {
            "code": self.code,
            "effect": self.effect.value,
            "words": self.en,
            "words_zh": self.zh,
            "clause": self.clause,
            "cure": self.cure,
        }
        return said | ({"evidence": self.evidence} if self.evidence else {})

    @classmethod
    def of(cls, stored: Mapping[str, str]) -> Self:
        """Read one back as `json` stored it.

        >>> seen = Finding("late", Effect.CUT, "it was late", "迟延", "art. 21", "", "event 3")
        >>> Finding.of(seen.json()) == seen
        True
        """
        return cls(
            code=stored["code"],
            effect=Effect(stored["effect"]),
            en=stored["words"],
            zh=stored["words_zh"],
            clause=stored["clause"],
            cure=stored["cure"],
            evidence=stored.get("evidence", ""),
        )


def worst(findings: tuple[Finding, ...]) -> Effect:
    """Return the gravest effect; `INFORM` where there is no finding."""
    order = list(Effect)
    return max((finding.effect for finding in findings), key=order.index, default=Effect.INFORM)
