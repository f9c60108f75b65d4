"""What the file of an enforcement claim keeps beside conduct."""

from collections.abc import Mapping
from typing import Any, Final

from claims.rules.kinds.kind import FactAsked
from underwriting.products.infringement_loss.cover import FIRST_INFRINGED, RIGHT

INFRINGER: Final = "infringer"
"""Who infringes."""

FOUND: Final = "found_on"
"""Day of the decision in force that found the infringement; no loss of profit is paid before."""

LOST: Final = "lost_on"
"""Day of the decision that puts the other side's cost on the insured."""

RECEIVED: Final = "received"
"""Money that the infringer has paid for the loss, all of it so far."""

COSTS_RECEIVED: Final = "costs_received"
"""Money that the infringer has paid for the cost of stopping it, all of it so far."""

IN_KIND: Final = "benefit_in_kind"
"""Worth of what the matter brought in other than money: a licence, goods, a transfer."""

FACTS: Final = (
    FactAsked(
        FIRST_INFRINGED, "date", "首次侵权日", "day of the first infringement", until_event=True
    ),
    FactAsked(RIGHT, "text", "被侵权权利的号码", "number of the right infringed", True),
    FactAsked(INFRINGER, "text", "侵权人", "who infringes"),
    FactAsked(
        FOUND, "date", "生效裁判认定侵权之日", "day of the decision that found it",
        since=FIRST_INFRINGED, instead_of=LOST,
    ),
    FactAsked(
        LOST, "date", "裁判由被保险人承担费用之日", "day of the decision that was lost",
        since=FIRST_INFRINGED, instead_of=FOUND,
    ),
    FactAsked(RECEIVED, "money", "已从侵权人处取得的赔偿", "received from the infringer"),
    FactAsked(COSTS_RECEIVED, "money", "已取得的维权费用赔偿", "received for the cost of it"),
    FactAsked(IN_KIND, "money", "实物利益的价值", "worth of a benefit in kind"),
)  # fmt: skip
"""Facts, in the order in which they are asked. A matter is won or lost: the decision in force says
which, and one that comes after it takes its place."""


def apart(file: Mapping[str, Any]) -> tuple[str, ...]:
    """Return right and infringer: of one day, each right and each infringer is a matter.

    >>> apart({"right_number": "ZL1", "infringer": "a copyist"}), apart({})
    (('ZL1', 'a copyist'), ('', ''))
    """
    return tuple(str(file.get(name) or "") for name in (RIGHT, INFRINGER))
