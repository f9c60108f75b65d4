"""Which fields of two proposals differ, and how: the words behind a step of a waterfall."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from underwriting.explain.diff import Change, Difference

_RISK = "risk."


def changed_fields(found: Difference, change: Change) -> list[dict[str, Any]]:
    """Return the fields of the proposal that a step exchanged: name, from, to."""
    first, second = found.first.inputs.risk, found.second.inputs.risk
    parts = [name.removeprefix(_RISK) for name in change.what if name.startswith(_RISK)]
    return [
        {"field": field, "from": before, "to": after}
        for part in parts
        for field, before, after in _apart(first.get(part), second.get(part), _RISK + part)
    ]


def _apart(before: Any, after: Any, place: str) -> Iterator[tuple[str, Any, Any]]:
    """Yield each leaf that differs; what stands on one side only is None on the other."""
    if before == after:
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in dict.fromkeys((*before, *after)):
            yield from _apart(before.get(key), after.get(key), f"{place}.{key}")
    elif _is_list(before) and _is_list(after):
        for index in range(max(len(before), len(after))):
            one, two = (side[index] if index < len(side) else None for side in (before, after))
            yield from _apart(one, two, f"{place}[{index}]")
    else:
        yield place, before, after


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)
