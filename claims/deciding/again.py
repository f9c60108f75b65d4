"""What a claim's file keeps of its first decision, where the claim is decided again."""

from collections.abc import Mapping
from typing import Any, Final

_OF_A_DECISION: Final = (
    "assessed_on", "agreed_on", "settled_on", "adjusted", "repairs", "denied",
)  # fmt: skip
"""What the file keeps of a decision; the next one writes it anew."""
_FIRST: Final = {
    "first_assessed_on": "assessed_on",
    "first_agreed_on": "agreed_on",
    "first_settled_on": "settled_on",
}
"""What the file keeps for its clocks, and for the loan's record -> of which day of the first."""


def undecided(file: Mapping[str, Any]) -> dict[str, Any]:
    """Return the file without its decision; the days of the first one stay for its clocks."""
    first = {name: file[key] for name, key in _FIRST.items() if key in file}
    return {**first, **{key: value for key, value in file.items() if key not in _OF_A_DECISION}}
