"""Who works at the command line; its actor in the trail."""

from dataclasses import dataclass

from underwriting.rules.levels import LEVELS


@dataclass(frozen=True, slots=True)
class Who:
    """Who works at the command line.

    Attributes:
        name: stands in the trail; a second person gives another.
        authority: how far it goes alone.
    """

    name: str = "command line"
    authority: str = LEVELS[0]
