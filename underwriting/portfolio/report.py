"""What one event could hit: a key with the policies that share it."""

from typing import Any, NamedTuple

from kernel.money import Money
from underwriting.portfolio.exposures import Held
from underwriting.portfolio.keys import Key


class Accumulated(NamedTuple):
    """One key and what is held under it in one currency."""

    key: Key
    currency: str
    held: Held

    @property
    def words(self) -> str:
        """One line for people.

        >>> from underwriting.portfolio.keys import Dimension
        >>> family = Key(Dimension.FAMILY, "CN-1")
        >>> Accumulated(family, "CNY", Held(3_100_000_000, 7)).words
        'one event on family CN-1 hits 7 policies, CNY 31,000,000.00'
        """
        dimension = self.key.dimension.value.replace("_", " ")
        policies = f"{self.held.policies} polic{'y' if self.held.policies == 1 else 'ies'}"
        whole = Money(self.held.minor, self.currency)
        return f"one event on {dimension} {self.key.name} hits {policies}, {whole}"

    def json(self) -> dict[str, Any]:
        """The row as it is shown."""
        kept = None if self.held.retained is None else sum(self.held.retained.values())
        return {
            "dimension": self.key.dimension.value,
            "name": self.key.name,
            "currency": self.currency,
            "amount": Money(self.held.minor, self.currency).text,
            "retained": None if kept is None else Money(kept, self.currency).text,
            "policies": self.held.policies,
            "words": self.words,
        }
