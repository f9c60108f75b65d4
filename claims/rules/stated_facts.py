"""Facts of a kind of claim, as a notice or an assessment states them, into the claim's file."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from pydantic_core import PydanticCustomError

from claims.rules.kinds.kind import FactAsked, Kind
from kernel.errors import Fault, Invalid
from kernel.money import Money
from kernel.wire import read_day

FORMS: Final = {
    "text": str,
    "code": str,
    "flag": bool,
    "money": Money,
    "record": Mapping,
}
"""Form of a fact -> what states it; a `date` is read as every day on the wire is."""


def facts_in(
    kind: Kind, stated: Mapping[str, Any], *, currency: str, at_notice: bool
) -> dict[str, Any]:
    """Return the facts as a claim's file keeps them: days as text, amounts in minor units.

    Raises:
        Invalid: a fact is none of the kind's, has another form or currency, or is missing at
            notice; all of them at once.
    """
    asked = {fact.name: fact for fact in kind.facts}
    faults = [
        fault
        for name, value in stated.items()
        for fault in _faults(name, value, asked, currency=currency)
    ]
    faults += [
        Fault(f"facts.{fact.name}", "is missing", _stating(fact.en))
        for fact in kind.facts
        if at_notice and fact.at_notice and fact.name not in stated
    ]
    if faults:
        raise Invalid("invalid", *faults)
    return {name: _kept(value) for name, value in stated.items()}


def _faults(
    name: str, value: Any, asked: Mapping[str, FactAsked], *, currency: str
) -> Iterator[Fault]:
    if name not in asked:
        cure = f"state {', '.join(asked)}" if asked else "leave it out: this kind asks for none"
        yield Fault(f"facts.{name}", "is no fact of this kind of claim", cure)
        return
    form = asked[name].form
    if form == "date":
        yield from _no_day(value, f"facts.{name}", _stating(asked[name].en))
    elif not isinstance(value, FORMS[form]):
        yield Fault(f"facts.{name}", f"is no {form}", f"{_stating(asked[name].en)} as a {form}")
    elif isinstance(value, Mapping):
        for part in asked[name].days:
            if value.get(part) is not None:
                yield from _no_day(value[part], f"facts.{name}.{part}", "state it")
    elif isinstance(value, Money) and value.currency != currency:
        yield Fault(f"facts.{name}", f"the claim is in {currency}", "give it in that")


def _stating(fact: str) -> str:
    """Return the words that ask for a fact.

    >>> _stating("who makes the demand"), _stating("number of the right infringed")
    ('state who makes the demand', 'state the number of the right infringed')
    >>> _stating("has the third party been paid")
    'answer the question “has the third party been paid”'
    """
    first = fact.split(" ", 1)[0]
    if first == "has":
        return f"answer the question “{fact}”"
    return f"state {fact}" if first in ("who", "its") else f"state the {fact}"


def _no_day(value: Any, field: str, stating: str) -> Iterator[Fault]:
    """Yield what is wrong with a day: another form would be kept, and compared, as it is not."""
    try:
        read_day(value)
    except PydanticCustomError as error:
        yield Fault(field, error.message(), f"{stating} as a date of the form 2026-03-02")


def _kept(value: Any) -> Any:
    if isinstance(value, Money):
        return value.minor
    if isinstance(value, Mapping):
        return {name: _kept(one) for name, one in value.items()}
    return value.isoformat() if isinstance(value, date) else value
