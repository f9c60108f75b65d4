"""The sentence by which the guarantor is bound, after the nature of the letter.

The fields of a message say how much, to whom and until when; without this sentence none of them
would bind anybody. It is written from the nature alone, so a reader can hold it against it.
"""

from typing import Final, Literal

Nature = Literal["joint_and_several", "independent"]

PROMISE_EN: Final[dict[str, str]] = {
    "joint_and_several": (
        "We are jointly and severally liable with the debtor and irrevocably undertake to pay "
        "the beneficiary, on its demand and up to the amount, the tax that is due and unpaid. "
        "Impairment, lapse or invalidity of any pledged right does not affect the beneficiary."
    ),
    "independent": (
        "We irrevocably undertake, independently of the obligation secured, to pay the "
        "beneficiary up to the amount against a demand with the documents stated. "
        "Impairment, lapse or invalidity of any pledged right does not affect the beneficiary."
    ),
}
"""In English, as MT and ISO 20022 carry it."""

PROMISE_ZH: Final[dict[str, str]] = {
    "joint_and_several": (
        "担保人与债务人承担连带责任，不可撤销地承诺凭受益人索赔在担保金额内支付到期未缴税款。"
        "质押权利的贬值、失效或被宣告无效不影响受益人。"
    ),
    "independent": (
        "担保人独立于被担保义务，不可撤销地承诺凭附有约定单据的索赔在担保金额内向受益人付款。"
        "质押权利的贬值、失效或被宣告无效不影响受益人。"
    ),
}
"""In Chinese, as ISO 20022 carries it."""

LABEL_EN: Final = "PROMISE"
LABEL_ZH: Final = "PROMISZH"
