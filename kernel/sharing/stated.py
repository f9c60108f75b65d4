"""A sharing as JSON: how it is stored with a settlement and how it crosses the wire."""

from typing import Any

from kernel.money import format_minor
from kernel.sharing.split import Split
from kernel.sharing.steps import words_en, words_zh


def split_json(shared: Split) -> dict[str, Any]:
    """Return a sharing with every amount as text and every step in words."""

    def text(minor: int) -> str:
        return format_minor(minor, shared.currency)

    return {
        "currency": shared.currency,
        "eligible": text(shared.eligible),
        "ineligible": text(shared.ineligible),
        "uncovered": text(shared.uncovered),
        "shares": [
            {
                "party": part.party,
                "role": part.role.value,
                "due": text(part.due),
                "paid": text(part.paid),
                "reasons": [words_en(step) for step in part.steps],
            }
            for part in shared.parts
        ],
        "lines": [words_en(step) for step in shared.steps],
        "lines_zh": [words_zh(step) for step in shared.steps],
    }
