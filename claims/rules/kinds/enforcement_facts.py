"""What the file of an enforcement claim keeps beside conduct."""

from typing import Final

from claims.rules.kinds.kind import FactAsked
from underwriting.products.infringement_loss.cover import FIRST_INFRINGED, RIGHT

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
    FactAsked(FIRST_INFRINGED, "date", "首次侵权日", "day of the first infringement"),
    FactAsked(RIGHT, "text", "被侵权权利的号码", "number of the right infringed", True),
    FactAsked("infringer", "text", "侵权人", "who infringes"),
    FactAsked(FOUND, "date", "生效裁判认定侵权之日", "day of the decision that found it"),
    FactAsked(LOST, "date", "裁判由被保险人承担费用之日", "day of the decision that was lost"),
    FactAsked(RECEIVED, "money", "已从侵权人处取得的赔偿", "received from the infringer"),
    FactAsked(COSTS_RECEIVED, "money", "已取得的维权费用赔偿", "received for the cost of it"),
    FactAsked(IN_KIND, "money", "实物利益的价值", "worth of a benefit in kind"),
)
"""Facts, in the order in which they are asked."""
