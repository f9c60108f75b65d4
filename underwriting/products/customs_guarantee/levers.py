"""What may be turned to find a letter that passes."""

from typing import Final

from underwriting.rules.lever import Lever, Unit

LEVERS: Final = (
    Lever("limit", "担保额度", "limit", ("cover", "amount", "amount"), Unit.MONEY, dearer=True),
)
