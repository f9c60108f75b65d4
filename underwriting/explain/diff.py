"""What lies between two prices: one input after the other is exchanged, and each change counted.

The order is fixed and stated, because a waterfall depends on it: the day and the figures of the
house first, then the scheme and the facts of the day, the proposal last, part by part. The steps
sum to the whole difference, to the minor unit.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from kernel.errors import Refusal, invalid
from kernel.money import Money
from models.priors import PriorTable
from underwriting.inputs import Inputs
from underwriting.product import Product
from underwriting.valued import Valued, value


@dataclass(frozen=True, slots=True)
class Change:
    """One step of the waterfall.

    Attributes:
        what: the input that was exchanged; several, where one alone gives no price.
        before: premium without it.
        after: premium with it.
    """

    what: tuple[str, ...]
    before: Money
    after: Money

    @property
    def moved(self) -> Money:
        """What the exchange did to the premium; may be below nothing."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Difference:
    """Two prices and the way from one to the other.

    Attributes:
        first: the price that is left.
        second: the price that is reached.
        changes: every exchange that was made, in order; also those that moved nothing.
    """

    first: Valued
    second: Valued
    changes: tuple[Change, ...]

    def __post_init__(self) -> None:
        moved = sum(change.moved.minor for change in self.changes)
        whole = self.second.premium.total.minor - self.first.premium.total.minor
        assert moved == whole, "the steps are the whole difference"


def diff(product: Product, first: Inputs, second: Inputs) -> Difference:
    """Return the waterfall from the premium of `first` to that of `second`.

    Raises:
        Invalid: the two are of different products or currencies.
    """
    if first.product != second.product:
        cure = f"name another quote for {first.product}"
        raise invalid("other", f"is for {second.product}, not for {first.product}", cure)
    start, end = value(product, first), value(product, second)
    if start.contract.currency != end.contract.currency:
        cure = f"name another quote in {start.contract.currency}"
        raise invalid("other", f"is in {end.contract.currency}", cure)
    return Difference(start, end, tuple(_walk(product, start, end)))


def _walk(product: Product, start: Valued, end: Valued) -> Iterator[Change]:
    """Exchange one input after the other; what gives no price alone waits for the next."""
    here, before, waiting = start.inputs, start.premium.total, []
    for name, there in _exchanges(start.inputs, end.inputs):
        if there(here) == here:
            continue
        here = there(here)
        waiting.append(name)
        after = end.premium.total if here == end.inputs else _total(product, here)
        if after is not None:
            yield Change(tuple(waiting), before, after)
            before, waiting = after, []
    if waiting or before != end.premium.total:
        yield Change(tuple(waiting) or ("figures no longer used",), before, end.premium.total)


def _total(product: Product, inputs: Inputs) -> Money | None:
    try:
        return value(product, inputs).premium.total
    except Refusal:
        return None


def _exchanges(first: Inputs, second: Inputs) -> Iterator[tuple[str, Any]]:
    """Yield each input by name, with the exchange of it."""
    yield "day", lambda here: replace(here, on=second.on)
    yield "figures", lambda here: replace(here, priors=_joined(second.priors, here.priors))
    for name in ("fits", "terms", "exposures", "facts", "scheme"):
        new = getattr(second, name)
        yield (
            {"terms": "tariff"}.get(name, name),
            lambda here, name=name, new=new: replace(here, **{name: new}),
        )
    for part in dict.fromkeys((*second.risk, *first.risk)):
        yield f"risk.{part}", lambda here, part=part: _with_part(here, part, second.risk)


def _with_part(here: Inputs, part: str, risk: Mapping[str, Any]) -> Inputs:
    kept = {key: stated for key, stated in here.risk.items() if key != part}
    return replace(here, risk={**kept, part: risk[part]} if part in risk else kept)


def _joined(new: PriorTable, old: PriorTable) -> PriorTable:
    """Return the new figures; where only the old price used one, the old one stays with them."""
    if type(new) is not PriorTable or type(old) is not PriorTable:
        return new  # own counts move figures together: they are exchanged as they are
    return PriorTable(new.fit_id, {**old.rows, **new.rows})
