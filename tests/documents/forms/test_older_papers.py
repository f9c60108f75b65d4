"""Papers filed before a form changed are read back, and say what they said."""

from datetime import date

from documents.forms import form_of
from documents.forms.bordereau import Bordereau
from documents.forms.bordereau_rows import BordereauTotals, SharedLoss, SharedRecovery
from kernel.money import Money
from kernel.plain import plain

DAY, ONE = date(2026, 6, 1), Money(100, "CNY")


def test_a_bordereau_with_its_calls_beside_each_loss_is_read_back() -> None:
    """Losses once held `called` and `unpaid`; no call was listed, no row said what it corrects."""
    now = Bordereau(
        "B-1", "I", DAY, "S", "T", "fund", "pool", DAY, DAY, (),
        (SharedLoss("CL", "PG", DAY, ONE, ONE),), (SharedRecovery("CL", "R", DAY, ONE, ONE),),
        BordereauTotals(*[ONE] * 8),
    )  # fmt: skip
    kept = plain(now)
    del kept["calls"], kept["losses"][0]["corrects"], kept["recoveries"][0]["corrects"]
    kept["losses"][0] |= {"called": kept["losses"][0]["own"], "unpaid": kept["losses"][0]["own"]}
    older = form_of("bordereau", kept)
    assert older == now
    assert older.blocks()
