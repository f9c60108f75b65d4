"""One thing that is due in a sandbox: on which day, by whom, and what it does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from kernel.desk import Desk

Act = Callable[[Session, Desk], str | None]
"""Does it; returns the path of what came of it, or None where the item's own path holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What is due.

    Attributes:
        on: the day; where it has passed, today.
        name: of this one thing; it happens once.
        code: what kind of thing.
        zh: what happens, in Chinese.
        en: the same in English.
        whose: whose turn it is after it.
        path: of what it concerns.
        client_id: whose business it is.
        role: who does it: `bank`, `adjuster`, `second` (another adjuster) or `underwriter`.
        act: what is done; None where a day only passes.
        again: it was refused before, and is tried once more where the walk ends.
    """

    on: date
    name: str
    code: str
    zh: str
    en: str
    whose: str
    path: str
    client_id: str
    role: str = "bank"
    act: Act | None = None
    again: bool = False

    @property
    def actor(self) -> str:
        """Who stands in the trail."""
        return f"sandbox {self.role}"
