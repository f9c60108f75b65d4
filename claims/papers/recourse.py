"""What passes to who paid, product by product: against whom, which rights, which duties."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Recourse:
    """The words of an assignment.

    Attributes:
        debtor: against whom the rights are; empty stands for the policyholder.
        basis: what gave the insured its claim; `{loan}` is the number of the loan contract.
        rights: that pass, one line each.
        pledged: do pledges on IP rights follow?
    """

    debtor: str
    basis: str
    rights: tuple[str, ...]
    pledged: bool


DUTIES: Final = (
    (
        "被保险人应向受让人提供必要的文件和所知道的有关情况（《保险法》第六十三条）。"
        " The insured hands over the papers and what it knows (Insurance Law, art. 63)."
    ),
    (
        "被保险人未经受让人同意放弃对债务人权利的，该行为无效（《保险法》第六十一条）。"
        " To waive the rights without the assignee's consent is void (Insurance Law, art. 61)."
    ),
    (
        "追偿所得先扣除必要费用，再按保险单所附分担方案返还各承担方，任何一方所得不超过其承担的损失。"
        " Recoveries meet their costs first and are given back under the scheme, never more"
        " to a party than it bore."
    ),
)
"""Of the insured, whatever the product."""

_ART_60: Final = (
    "在保险人已付赔款范围内，对债务人请求赔偿的权利（《保险法》第六十条）。"
    " The claim against the debtor, within what the insurer paid (Insurance Law, art. 60)."
)
_REST: Final = (
    "被保险人就未获赔偿的部分向债务人请求清偿的权利不受影响（《保险法》第六十条）。"
    " The insured keeps its claim for what was not paid (Insurance Law, art. 60)."
)

RECOURSE: Final[Mapping[str, Recourse]] = {
    "pledge_guarantee": Recourse(
        "",
        "借款合同 loan contract {loan}",
        (
            _ART_60,
            (
                "与该债权有关的从权利，包括下列知识产权质权及其他担保（《民法典》第五百四十七条）。"
                " The rights that belong to it, among them the pledges below and every other"
                " security (Civil Code, art. 547)."
            ),
            _REST,
        ),
        pledged=True,
    ),
    "infringement_loss": Recourse(
        "侵权人（以生效裁判认定为准） the infringer, as found by the decision in force",
        "生效裁判、裁决或行政决定 the judgment, award or official decision in force",
        (_ART_60, _REST),
        pledged=False,
    ),
    "infringement_liability": Recourse(
        "共同侵权人、供应商及其他责任方 joint tortfeasors, suppliers and others who are liable",
        "被保险人已承担的赔偿责任 the liability that the insured has met",
        (_ART_60, _REST),
        pledged=False,
    ),
}
"""Product -> words. Customs assigns nothing: who paid it has recourse by law."""
