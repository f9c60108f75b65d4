"""Acts on a quote, on the wire."""

from datetime import datetime

from api.schemas.common import Answer, money
from kernel.wire import LongWords, MoneyWire, Wire
from underwriting.store import QuoteOverrideRow


class OverrideRequest(Wire):
    """Another price than the technical one."""

    premium: MoneyWire
    reason: LongWords


class OverrideAnswer(Answer):
    """A price that was offered, and why."""

    id: str
    quote_id: str
    technical: MoneyWire
    offered: MoneyWire
    deviation: str
    reason: str
    actor: str
    authority: str
    created_at: datetime


class OverridesAnswer(Answer):
    """The prices offered for one quote, oldest first; the last one holds."""

    items: tuple[OverrideAnswer, ...]


def override_answer(row: QuoteOverrideRow, currency: str) -> OverrideAnswer:
    """Return a price that was offered."""
    plain = ("id", "quote_id", "deviation", "reason", "actor", "authority", "created_at")
    return OverrideAnswer(
        **{name: getattr(row, name) for name in plain},
        technical=money(row.technical_minor, currency),
        offered=money(row.offered_minor, currency),
    )
