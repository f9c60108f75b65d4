"""What is held already under the keys of a proposal, frozen with every quote."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple, Self

from underwriting.portfolio.keys import Dimension, Key
from underwriting.portfolio.means import Means


class Held(NamedTuple):
    """What policies share one key.

    Attributes:
        minor: sums insured in force or yet to start, minor units, all parties together.
        policies: how many.
        retained: product -> what the insurer keeps of `minor`; None: all of it, for nothing
            is said to be borne by others.
    """

    minor: int
    policies: int
    retained: Mapping[str, int] | None = None

    def kept_of(self, products: Collection[str]) -> int:
        """Return what the insurer keeps of some products, minor units.

        >>> Held(900, 2, {"pledge_guarantee": 500, "infringement_loss": 40}).kept_of(["x"])
        0
        """
        if self.retained is None:
            return self.minor
        return sum(minor for product, minor in self.retained.items() if product in products)


class Written(NamedTuple):
    """What one product has moved since the means were stated, minor units; may be negative.

    Attributes:
        retained: sums insured that the insurer keeps: bound, endorsed, less cancelled.
        premium: premium for them, of the calendar year.
    """

    retained: int
    premium: int


NOTHING = Held(0, 0)
"""Under a key that no policy shares."""


@dataclass(frozen=True, slots=True)
class Exposures:
    """What the books hold on one day, in one currency, under the keys that were asked for.

    Attributes:
        currency: of every amount.
        held: key -> what policies share it; a key that was asked for is always there.
        means: the insurer's own figures, where stated in this currency.
        written: product -> what was written since `means.as_of`, not in its balances yet.
        elsewhere: key -> currency -> sums insured in force in that other currency.
    """

    currency: str
    held: Mapping[Key, Held]
    means: Means | None = None
    written: Mapping[str, Written] = field(default_factory=lambda: MappingProxyType({}))
    elsewhere: Mapping[Key, Mapping[str, int]] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def nothing(cls, currency: str) -> Self:
        """Return the exposures of a house that holds nothing and has stated nothing."""
        return cls(currency, {})

    def at(self, key: Key) -> Held:
        """Return what is held under a key; nothing where no policy shares it."""
        return self.held.get(key, NOTHING)

    def json(self) -> dict[str, Any]:
        """The exposures as they are frozen, rows in order of their keys.

        >>> Exposures.nothing("CNY").json()["held"]
        []
        """
        return {
            "currency": self.currency,
            "held": [
                {
                    **_named(key),
                    "minor": held.minor,
                    "policies": held.policies,
                    "retained": held.retained and dict(sorted(held.retained.items())),
                }
                for key, held in sorted(self.held.items())
            ],
            "means": self.means and self.means.json(),
            "written": {code: row._asdict() for code, row in sorted(self.written.items())},
            "elsewhere": [
                {**_named(key), "minor": dict(sorted(sums.items()))}
                for key, sums in sorted(self.elsewhere.items())
            ],
        }

    @classmethod
    def of(cls, frozen: Mapping[str, Any]) -> Self:
        """Read frozen exposures back."""
        return cls(
            currency=frozen["currency"],
            held={
                _key(row): Held(row["minor"], row["policies"], row["retained"])
                for row in frozen["held"]
            },
            means=frozen["means"] and Means.of(frozen["means"]),
            written={code: Written(**row) for code, row in frozen["written"].items()},
            elsewhere={_key(row): row["minor"] for row in frozen["elsewhere"]},
        )


def _named(key: Key) -> dict[str, str]:
    return {"dimension": key.dimension.value, "name": key.name}


def _key(row: Mapping[str, Any]) -> Key:
    return Key(Dimension(row["dimension"]), row["name"])
