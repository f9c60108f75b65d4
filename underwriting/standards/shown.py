"""The table of fields as it is printed on a page."""

from underwriting.standards.mapping import Row, rows

HEAD = ("field of the letter", "label", "MT760", "tsrv.001")


def table_shown() -> str:
    """Return the table in Markdown: every field, where each message carries it, or why not."""
    lines = [HEAD, ("---",) * len(HEAD), *(_cells(row) for row in rows())]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cells(row: Row) -> tuple[str, ...]:
    label = f"`{row.label}`" if row.label else ""
    return (f"`{row.field}`", label, _mt(row), f"`{row.tsrv}`" if row.tsrv else "not carried")


def _mt(row: Row) -> str:
    """Return the tag; by label where the field shares it, and 77U where it may have to."""
    if row.mt is None:
        return "not carried"
    roomless = row.mt in ("44J", "50", "52a", "59")
    return f"{row.mt}, else 77U" if roomless else row.mt + ("" if row.own else " by label")
