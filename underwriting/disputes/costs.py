"""What one side of a suit costs, from the first letter to the end of the last instance."""

from math import inf

from kernel.money import minor_digits
from underwriting.disputes.courts import Court
from underwriting.disputes.figures import DisputeLaw, Figures

LOSS, LIABILITY = "infringement_loss", "infringement_liability"


def whole_cost(
    figures: Figures, court: Court, right: str, *, at_risk: float, product: str = LOSS
) -> DisputeLaw:
    """Return the law of one side's cost of a suit that runs to its end.

    The holder's own `enforcement_cost` serves where it is stated for the product, else the
    `defence_cost`, which surveys ask of both sides alike. Of costs stated by amount at risk the
    band in which `at_risk` lies, its upper bound included.

    Args:
        figures: frozen, with currency and day.
        court: where the suit is brought.
        right: kind of right.
        at_risk: minor units of the policy's currency.
        product: whose rows go first.

    Raises:
        Invalid: no cost is stated there.
    """
    rows = figures.bands(*_where(figures, court, right, product), right)
    exchange = figures.disputes.exchange.rate(figures.currency, rows[0].currency)
    amount = at_risk / 10.0 ** minor_digits(figures.currency) * exchange
    assert rows[-1].upto == inf, "the last band has no bound"
    return figures.carried(next(row for row in rows if amount <= row.upto), court)


def _where(figures: Figures, court: Court, right: str, product: str) -> tuple[str, Court, str]:
    """Product, court and component under which the cost of a suit stands."""
    stated = figures.disputes.table.rows.values()
    own = ((row.product, row.jurisdiction, row.component, row.right) for row in stated)
    wanted = (product, court.value, "enforcement_cost")
    if any(held[:3] == wanted and held[3] in (right, "*") for held in own):
        return product, court, "enforcement_cost"
    return LIABILITY, court, "defence_cost"
