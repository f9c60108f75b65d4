"""The clock of a demand of customs: its own, and not the thirty and ten days of other claims."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from claims.rules.duty import Duty

_WHOSE = "insurer"


def demand_duties(file: Mapping[str, Any]) -> tuple[Duty, ...]:
    """Return what the insurer owed customs on a demand, and when it was done.

    The days are those that the demand was answered by, as the letter counts them: examined and
    refused at once and whole, or paid. None where the file holds no demand with its days.
    """
    demand = file.get("demand") or {}
    if not {"refuse_by", "pay_by"} <= set(demand):
        return ()
    refuse, pay = (date.fromisoformat(demand[name]) for name in ("refuse_by", "pay_by"))
    paid = date.fromisoformat(demand["paid_on"]) if demand.get("paid_on") else None
    return (
        Duty(
            "examine_demand", _WHOSE, "审查海关索赔，一次性提出全部拒付理由",
            "examine customs' demand; refuse it at once and with every ground, or not at all",
            "letter: demand; URDG 758 art. 24", refuse, paid and min(paid, refuse),
        ),
        Duty(
            "pay_demand", _WHOSE, "向海关支付", "pay customs",
            "letter: demand; 海关事务担保条例 art. 18", pay, paid,
        ),
    )  # fmt: skip
