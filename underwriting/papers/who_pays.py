"""The table of who pays what, year by year, as a quote letter prints it."""

from documents.forms.rows import PartyYear
from kernel.money import Money, nearest_minor
from kernel.sharing import UNCOVERED
from underwriting.explain.who_pays import Cell, WhoPays

MONTHS_PER_YEAR = 12
NOBODY = "无人承担 uncovered"


def years_of(table: WhoPays) -> tuple[PartyYear, ...]:
    """Return a row for each party and year of the cover; of nobody only where it bears something.

    The expected losses of a year's months are added up and rounded once, half up.
    """
    return tuple(
        _year(party, 1 + first // MONTHS_PER_YEAR, cells[first : first + MONTHS_PER_YEAR], table)
        for party, cells in table.cells.items()
        if party != UNCOVERED or table.worst(party)
        for first in range(0, len(cells), MONTHS_PER_YEAR)
    )


def _year(party: str, year: int, cells: tuple[Cell, ...], table: WhoPays) -> PartyYear:
    return PartyYear(
        party=NOBODY if party == UNCOVERED else party,
        year=year,
        expected=Money(nearest_minor(sum(cell.expected for cell in cells)), table.currency),
        worst=Money(max(cell.worst for cell in cells), table.currency),
    )
