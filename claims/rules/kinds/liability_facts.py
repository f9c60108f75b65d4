"""What the file of a liability claim keeps beside conduct."""

from collections.abc import Mapping
from typing import Any, Final

from claims.rules.kinds.kind import FactAsked
from underwriting.products.infringement_liability.cause import CAUSE
from underwriting.products.infringement_liability.cover import (
    COUNTERPARTY,
    COURT,
    FIRST_ACT,
    PRODUCT_CODE,
)
from underwriting.products.infringement_liability.payment import DAMAGES

CLAIM_KIND: Final = "claim_kind"
"""What the claim is, where terms differ by it: a value of `ClaimKind`."""

COUNSEL: Final = "counsel"
"""Whose counsel defends: `panel` or `off_panel`."""

PUNITIVE: Final = "punitive"
"""Part of the damages that is not covered: fines, punitive damages, future royalties."""

REASSESSED: Final = "reassessed"
"""What the insurer finds owed, of all that was concluded, where one of it lacked its consent."""

REIMBURSED: Final = "reimbursed"
"""Received from joint tortfeasors, suppliers and others who are liable, all of it so far."""

CONCLUDED: Final = "concluded"
"""Every conclusion of the file so far, first to newest: reference, minor, settlement, judged."""

CONSENTS: Final = "consents"
"""Consents that are not concluded: counterparty -> settlement and minor of the newest of it."""

FACTS: Final = (
    FactAsked(FIRST_ACT, "date", "首次被控行为日", "day of the first act complained of"),
    FactAsked(PRODUCT_CODE, "code", "被诉产品", "code of the accused product"),
    FactAsked(COURT, "code", "受理法域", "court at which it is brought or threatened"),
    FactAsked(COUNTERPARTY, "text", "索赔方", "who makes the demand", True),
    FactAsked(
        CAUSE, "date", "同一原因首次索赔日", "day of the first demand of the cause",
        until_event=True,
    ),
    FactAsked(CLAIM_KIND, "code", "案件类型", "suit, npe, known_matter or exhibition"),
    FactAsked(COUNSEL, "code", "律师来源", "counsel: panel or off_panel"),
    FactAsked("third_party_paid", "flag", "是否已向第三人赔偿", "has the third party been paid"),
    FactAsked(
        PUNITIVE, "money", "惩罚性及不保部分", "punitive or future part of the damages",
        part_of=DAMAGES,
    ),
    FactAsked(REASSESSED, "money", "重新核定金额", "re-assessed amount of the settlement"),
    FactAsked(REIMBURSED, "money", "其他责任人已付款", "received from others who are liable"),
)  # fmt: skip
"""Facts, in the order in which they are asked."""


def apart(file: Mapping[str, Any]) -> tuple[str, ...]:
    """Return accuser and court: of one day, each accuser and each court is a matter.

    >>> apart({"counterparty": "a holder", "court": "DE"}), apart({})
    (('a holder', 'DE'), ('', ''))
    """
    return tuple(str(file.get(name) or "") for name in (COUNTERPARTY, COURT))
