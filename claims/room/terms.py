"""The terms of an appeal, as the house has set them."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from underwriting.rules.levels import LEVELS

_FILE: Final = Path(__file__).with_name("appeal.toml")


@dataclass(frozen=True, slots=True)
class AppealTerms:
    """The terms of an appeal.

    Attributes:
        appeal_days: calendar days to appeal, from the decision.
        answer_days: calendar days to answer, from the appeal.
        panel: members at least.
        level: of authority, at least.
        clause: what they rest on.
        source: of the figures.
        grade: `A` official, `B` study, `C` judgement, `K` from memory and not verified.
    """

    appeal_days: int
    answer_days: int
    panel: int
    level: str
    clause: str
    source: str
    grade: str

    def __post_init__(self) -> None:
        assert min(self.appeal_days, self.answer_days) > 0, "a term has days"
        assert self.panel >= 2, "a panel is more than one"  # noqa: PLR2004 - two pairs of eyes
        assert self.level in LEVELS, "a level of authority"
        assert self.grade in tuple("ABCK"), "a figure has a grade"

    def may_sit(self, authority: str) -> bool:
        """Say whether a level of authority may sit on a panel."""
        return LEVELS.index(authority) >= LEVELS.index(self.level)


@cache
def appeal_terms() -> AppealTerms:
    """Return the terms of the house; a fault in the file that is shipped is ours: asserted."""
    return AppealTerms(**tomllib.loads(_FILE.read_text(encoding="utf-8")))
