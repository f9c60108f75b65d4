"""The paper of the case room: shares signed, and dissent."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from documents.forms.signed_rows import Dissented, SignedShare
from documents.forms.signed_statement import SignedStatement
from kernel.money import Money


def signed_statement() -> SignedStatement:
    def share(party: str, minor: int, stands: str, name: str = "") -> SignedShare:
        on = date(2027, 9, 29) if name else None
        return SignedShare(party, Money(minor, "CNY"), stands, name, on)

    why = "评估值在放款前已失效，评估机构不应分担。 The value had lapsed before the loan."
    return SignedStatement(
        number="CL-20270701-ABCDEFGH2345-S1-G2",
        insurer_name="示范财产保险股份有限公司",
        issued_on=date(2027, 9, 29),
        claim_number="CL-20270701-ABCDEFGH2345",
        policy_number="PG-20260310-ABCDEFGH2345",
        statement_number="CL-20270701-ABCDEFGH2345-S1",
        settled_on=date(2027, 9, 28),
        scheme_title="中山市知识产权质押融资风险补偿 Zhongshan IP pledge financing",
        insured="示范银行股份有限公司中山分行",
        debtor="中山示范光学有限公司",
        eligible=Money(240_000_000, "CNY"),
        sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        signed=(
            share("风险补偿资金 the public fund", 129_600_000, "已签署 signed", "基金经办人"),
            share("银行 the bank", 62_400_000, "尚未签署 not signed yet"),
            share("保险人 the insurer", 38_400_000, "尚未签署 not signed yet"),
            share("评估机构 the appraiser", 9_600_000, "不同意见 dissents", "评估师"),
        ),
        dissents=(
            Dissented(
                "评估机构 the appraiser",
                "评估师",
                date(2027, 9, 29),
                why,
                "管理办法第十二条 art. 12",
            ),
        ),
    )


FORMS: Mapping[str, Callable[[], Any]] = {"signed_statement": signed_statement}
"""Kind -> a good one."""
