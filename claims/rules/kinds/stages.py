"""Stages of an enforcement claim, and the line that the cost of each is claimed under."""

from collections.abc import Mapping
from typing import Final

STAGES: Final[Mapping[str, str]] = {
    "before_acceptance": "investigation",
    "first_instance": "litigation",
    "appeal": "litigation",
    "invalidation": "litigation",
    "enforcement": "litigation",
}
"""Stage -> line, in the order of the stages; a line may have cost of no stage."""
