"""Published laws of loss and cost, and the suits that are put together from them."""

from models.severity.published.disputes import DisputeFigures, load_disputes
from models.severity.published.exchange import Exchange, Exchanges
from models.severity.published.rows import Ceiling, Rate, SeverityRow, Stage
from models.severity.published.suits import (
    adverse_cost,
    award_given_suit,
    award_with_tail,
    cost_ceiling,
    defence_cost,
    suit_loss,
)
from models.severity.published.table import (
    SeverityTable,
    StatedLaw,
    load_severities,
    severity_for,
)

__all__ = [
    "Ceiling",
    "DisputeFigures",
    "Exchange",
    "Exchanges",
    "Rate",
    "SeverityRow",
    "SeverityTable",
    "Stage",
    "StatedLaw",
    "adverse_cost",
    "award_given_suit",
    "award_with_tail",
    "cost_ceiling",
    "defence_cost",
    "load_disputes",
    "load_severities",
    "severity_for",
    "suit_loss",
]
