"""What is drawn: answers as pictures."""

from documents.stacked import stacked_bars
from kernel.money import minor_digits
from kernel.sharing import UNCOVERED
from underwriting.explain.who_pays import WhoPays


def who_pays_picture(table: WhoPays) -> bytes:
    """Return a stacked bar for each month: what each party pays if the event falls in it. SVG."""
    unit = 10 ** minor_digits(table.currency)
    series = {
        party: [cell.worst / unit for cell in table.cells[party]]
        for party in table.parties
        if party != UNCOVERED or table.worst(party)
    }
    title = "若在当月出险，各方赔付 Who pays if the event falls in that month"
    return stacked_bars(title, table.currency, series, grey=UNCOVERED)
