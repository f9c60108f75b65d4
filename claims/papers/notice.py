"""The notice of recourse, filled from what passed to the insurer."""

from dataclasses import dataclass
from fractions import Fraction

from claims.disposal.recourse import SubrogationRow
from claims.facts import Case
from claims.papers.recourse import RECOURSE
from documents.forms.recourse_notice import RecourseNotice
from kernel.desk import Desk
from kernel.money import Money
from underwriting.papers import parts

_BY_LAW = (
    "保证人承担保证责任后，有权在其承担保证责任的范围内向债务人追偿（《民法典》第七百条）。"
    " Who has paid as guarantor has recourse to the debtor within what it paid"
    " (Civil Code, art. 700)."
)
_TAKEN = (
    "保险人自向被保险人赔偿之日起，在赔偿金额范围内代位行使被保险人的权利（《保险法》第六十条）。"
    " From payment on, and within it, the insurer exercises the rights of the insured"
    " (Insurance Law, art. 60)."
)
_EFFECT = (
    "自本通知送达之日起，请仅向保险人清偿上述金额；向他人清偿不发生清偿效力（《民法典》第五百四十六条）。"
    " From receipt of this notice pay the amount above to the insurer alone"
    " (Civil Code, art. 546)."
)
_WAIVER = (
    "保险人赔偿后，被保险人未经保险人同意放弃权利的，该行为无效（《保险法》第六十一条）。"
    " A waiver by the insured after payment without the insurer's consent is void"
    " (Insurance Law, art. 61)."
)


@dataclass(frozen=True, slots=True)
class Told:
    """Who is told, its share if there is one, and what it is asked for, minor units."""

    role: str
    name: str
    share: Fraction | None
    minor: int


def recourse_notice(
    case: Case, row: SubrogationRow, told: Told, *, role: str, number: str, desk: Desk
) -> RecourseNotice:
    """Return the notice to one who owes, as it is printed."""
    recourse, loan, unit = RECOURSE.get(case.policy.product), case.contract.loan, row.currency
    basis = recourse.basis if recourse else "担保函项下付款 payment under the letter of guarantee"
    rights = (_TAKEN, _EFFECT, _WAIVER) if recourse else (_BY_LAW, _EFFECT)
    return RecourseNotice(
        number=number,
        insurer_name=desk.insurer,
        issued_on=desk.on,
        claim_number=case.claim.number,
        policy_number=case.policy.number,
        addressee=told.name,
        role=role,
        insured=case.bank,
        event_on=case.claim.default_date,
        basis=basis.format(loan=loan.contract if loan else ""),
        paid=Money(row.paid_minor, unit),
        received=Money(row.received_minor, unit),
        taken=Money(row.taken_minor, unit),
        asked=Money(told.minor, unit),
        share="全部 the whole" if told.share is None else parts.percent(told.share),
        rights=rights,
        notes=tuple(f"{one['words_zh']} {one['words']} ({one['clause']})" for one in row.findings),
    )
