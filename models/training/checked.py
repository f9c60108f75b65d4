"""One line of the validation table: what is held, and whether it was reached."""

from typing import NamedTuple


class Checked(NamedTuple):
    """One line of the validation table.

    Attributes:
        what: is held.
        target: in words.
        reached: in words, with the figure.
        passed: whether it holds; None where the line is shown and nothing is asked of it.
    """

    what: str
    target: str
    reached: str
    passed: bool | None

    @property
    def verdict(self) -> str:
        """Say it in a word."""
        return {True: "reached", False: "**missed**", None: "shown"}[self.passed]
