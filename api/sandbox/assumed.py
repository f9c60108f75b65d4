"""What a sandbox says of days beyond the table of working days: they are assumed."""

from dataclasses import replace
from datetime import date

from api.sandbox.item import Item
from kernel.working_days import Calendar


def assumption(calendar: Calendar, on: date) -> tuple[str, str] | None:
    """Return in English and Chinese that holidays are not known on a day; None: they are."""
    if on <= calendar.last:
        return None
    last = calendar.last
    return f"assumed: no holidays known after {last}", f"假定：{last} 之后的节假日未知，仅计周末"


def with_assumption(item: Item, calendar: Calendar) -> Item:
    """Return a thing that is due, with what is assumed of its day."""
    found = assumption(calendar, item.on)
    if found is None:
        return item
    en, zh = found
    return replace(item, en=f"{item.en} ({en})", zh=f"{item.zh}（{zh}）")
