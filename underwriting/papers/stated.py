"""What was stated in a proposal, part by part, as it is printed; what was left out is left out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from documents.blocks import Fact, Label, Value
from documents.forms.proposal import StatedPart
from kernel.money import Money
from underwriting.papers.words import TRUTH, chosen, label_of

_AMOUNT: Final = {"amount", "currency"}
_GENERAL: Final = Label("其他", "Other")
Named = tuple[Label, Value]


def parts_of(risk: Mapping[str, Any]) -> tuple[StatedPart, ...]:
    """Return the parts of a proposal: each section, each row of a list, then what is single."""
    found: list[StatedPart] = []
    single: list[Fact] = []
    for field, value in risk.items():
        if field == "product" or _is_empty(value):
            continue
        if _is_rows(value):
            found += [_part(_numbered(field, place), row) for place, row in enumerate(value, 1)]
        elif isinstance(value, Mapping) and not _is_amount(value):
            found.append(_part(label_of(field), value))
        else:
            single += [Fact(label, said) for label, said in _leaves(field, value, label_of(field))]
    return (*found, *((StatedPart(_GENERAL, tuple(single)),) if single else ()))


def _part(heading: Label, stated: Mapping[str, Any]) -> StatedPart:
    leaves = [
        leaf for field, value in stated.items() for leaf in _leaves(field, value, label_of(field))
    ]
    return StatedPart(heading, tuple(Fact(label, said) for label, said in leaves))


def _leaves(field: str, value: Any, label: Label) -> Iterator[Named]:
    """Yield what a field says; what lies below it is named by its way there."""
    if _is_empty(value):
        return
    if _is_amount(value):
        yield label, str(Money.of(value["amount"], value["currency"]))
    elif isinstance(value, Mapping):
        for below, said in value.items():
            yield from _leaves(below, said, _under(label, label_of(below)))
    elif _is_rows(value):
        for place, row in enumerate(value, 1):
            yield from _leaves(field, row, _under(label, Label(str(place), str(place))))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        yield label, "；".join(_written(field, one) for one in value)
    else:
        yield label, _written(field, value)


def _written(field: str, value: Any) -> str:
    if isinstance(value, bool):
        return TRUTH[value]
    return chosen(field, value) if isinstance(value, str) else str(value)


def _under(above: Label, below: Label) -> Label:
    zh = f"{above.zh}·{below.zh}" if above.zh and below.zh else above.zh or below.zh
    return Label(zh, f"{above.en}, {below.en}")


def _numbered(field: str, place: int) -> Label:
    label = label_of(field)
    return Label(f"{label.zh} {place}".strip(), f"{label.en} {place}")


def _is_amount(value: Any) -> bool:
    return isinstance(value, Mapping) and set(value) == _AMOUNT


def _is_rows(value: Any) -> bool:
    """Tell whether a value is a list of tables, which is printed row by row."""
    is_list = isinstance(value, Sequence) and not isinstance(value, str)
    return is_list and bool(value) and isinstance(value[0], Mapping) and not _is_amount(value[0])


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, str | Mapping | Sequence) and not value)
