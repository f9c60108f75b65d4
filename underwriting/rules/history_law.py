"""The article under which a change of a running policy alters its premium."""

from kernel.finding import Effect, Finding
from kernel.money import Money
from underwriting.rules.returns_amounts import Amounts


def change_of_risk(change: Amounts, currency: str) -> tuple[Finding, ...]:
    """Return what the Insurance Law says to a premium that rises or falls; nothing if neither."""
    if change.total == 0:
        return ()
    if change.total > 0:
        more = Money(change.total, currency)
        return (
            Finding(
                "risk-increased", Effect.INFORM,
                f"the risk increases: {more} more for the days that are left",
                f"危险程度增加，就剩余期间加收保险费 {more}",
                "Insurance Law art. 52", "pay it, or have the policy ended and the rest returned",
            ),
        )  # fmt: skip
    less = Money(-change.total, currency)
    return (
        Finding(
            "risk-decreased", Effect.INFORM,
            f"the risk decreases: {less} is returned, counted by the day",
            f"危险程度明显减少，按日计算退还保险费 {less}",
            "Insurance Law art. 53", "none needed",
        ),
    )  # fmt: skip
