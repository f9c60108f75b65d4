"""Default of a guaranteed loan: the insured bank claims principal, interest and costs."""

from collections.abc import Sequence
from typing import Final

from claims.rules.indemnity import LINES, approve_lines, loss_of
from claims.rules.kinds.kind import Kind, Stated
from claims.rules.kinds.other_cover import OTHER_COVER
from claims.rules.line import Line
from kernel.sharing import Loss


def approve(stated: Stated) -> tuple[Line, ...]:
    """Return every line with what is approved of it; see `claims.rules.indemnity`."""
    return approve_lines(
        stated.contract,
        stated.event_on,
        stated.asked,
        adjusted=stated.adjusted,
        loss_base=stated.loss_base,
        room=stated.room,
        record=stated.record,
    )


def loss(lines: Sequence[Line], currency: str) -> Loss:
    """Return the approved lines as the loss that the scheme shares."""
    return loss_of(tuple(lines), currency)


DEFAULT: Final = Kind(
    code="default",
    product="pledge_guarantee",
    zh="贷款违约",
    en="default of a loan",
    event_zh="违约日",
    event_en="day of default",
    insured="索赔银行 Bank",
    debtor="借款人 Borrower",
    payment="应付银行赔款 Payment to the bank",
    lines=LINES,
    facts=OTHER_COVER,
    approve=approve,
    loss=loss,
)
"""Claims of a lending bank."""
