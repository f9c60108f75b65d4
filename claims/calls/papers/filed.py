"""The filing with a pool, filled from the final loss and the pool's share of it."""

from typing import Final

from claims.calls.filing import FilingRule
from claims.calls.tables import PoolFilingRow
from claims.facts import Case
from claims.tables import SettlementRow, ShareRow
from claims.worded import party_called
from documents.blocks import Label
from documents.forms.call_rows import Attached
from documents.forms.pool_filing import PoolFiling
from kernel.desk import Desk
from kernel.money import Money

GROUNDS: Final = {
    "recoveries_ended": Label("追偿已终结", "recoveries have ended"),
    "declared_final": Label("经认定为最终损失", "the loss is declared final"),
}
"""Why a loss is final, and its words."""


def pool_filing(
    case: Case,
    row: PoolFilingRow,
    settlement: SettlementRow,
    share: ShareRow,
    papers: tuple[Attached, ...],
    *,
    rule: FilingRule,
    desk: Desk,
) -> PoolFiling:
    """Return the filing as it is printed."""
    assert row.fixed_on, "a filing follows the day the loss was fixed"
    assert row.file_by, "which sets its last day"
    scheme = case.scheme.scheme

    def money(minor: int) -> Money:
        return Money(minor, row.currency)

    return PoolFiling(
        number=f"{case.claim.number}-F-{row.party}",
        insurer_name=desk.insurer,
        issued_on=desk.on,
        pool=party_called(case, row.party),
        claim_number=case.claim.number,
        policy_number=case.policy.number,
        scheme_code=scheme.code,
        scheme_title=scheme.title,
        insured=case.bank,
        debtor=case.contract.policyholder,
        loss=money(settlement.eligible_minor),
        share=money(share.paid_minor),
        returned=money(share.given_back_minor),
        net=money(share.paid_minor - share.given_back_minor),
        asked=money(row.amount_minor),
        fixed_on=row.fixed_on,
        ground=GROUNDS[row.ground],
        words=row.words,
        file_by=row.file_by,
        rule=rule.clause,
        late=row.late_words,
        papers=papers,
    )
