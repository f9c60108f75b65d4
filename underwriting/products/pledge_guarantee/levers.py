"""What may be turned to find a loan that passes."""

from typing import Final

from underwriting.rules.lever import Lever, Unit

LEVERS: Final = (
    Lever("loan", "贷款金额", "loan", ("loan", "amount", "amount"), Unit.MONEY, dearer=True),
    Lever("tenor", "贷款期限", "tenor", ("loan", "term_months"), Unit.MONTHS, dearer=True),
    Lever(
        "sum_insured", "保险金额", "sum insured",
        ("cover", "sum_insured", "amount"), Unit.MONEY, dearer=True,
    ),
    Lever(
        "insured_share", "承保比例", "insured share; the bank retains the rest",
        ("cover", "insured_share"), Unit.SHARE, dearer=True,
    ),
)  # fmt: skip
