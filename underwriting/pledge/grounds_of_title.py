"""Grounds of refusal that lie in the title: who owns the right, who else must consent."""

from kernel.finding import Effect
from kernel.period import add_months
from underwriting.pledge.case import Case
from underwriting.pledge.examined import Examined
from underwriting.pledge.forms import Licence

_EXTRACT = "register extract: owner {}"


def owner(case: Case) -> Examined:
    """The pledgor is the holder whom the register names."""
    evidence = _EXTRACT.format(case.right.owner)
    if case.right.owner == case.pledgor:
        return case.passed(
            "owner-mismatch", "belongs to the borrower", "权利人与出质人一致", evidence
        )
    return case.failed(
        "owner-mismatch",
        f"belongs to {case.right.owner}, not to the borrower",
        "权利人与出质人不一致",
        "have the owner join as pledgor, or record the transfer",
        evidence=evidence,
    )


def co_owners(case: Case) -> Examined:
    """Every co-owner consents in writing."""
    right, code = case.right, "co-owners"
    if not right.co_owners:
        return case.left_out(code, "has one owner", "无共有人")
    missing = [name for name in right.co_owners if name not in right.consents]
    evidence = f"consents at hand: {', '.join(right.consents) or 'none'}"
    if not missing:
        return case.passed(code, "has every co-owner's consent", "共有人均已同意", evidence)
    return case.failed(
        code,
        f"has co-owners: {', '.join(missing)}",
        "有共有人，尚未取得书面同意",
        "bring every co-owner's written consent",
        evidence=evidence,
        effect=Effect.REFER,
    )


def licence(case: Case) -> Examined:
    """No licence stands in the way of the pledge or of a sale."""
    right, code = case.right, "licence-conflict"
    evidence = f"proposal: licence {right.licence}"
    if right.licence in (Licence.NONE, Licence.ORDINARY):
        return case.passed(code, "has no licence in the way", "无冲突许可", evidence)
    return case.failed(
        code,
        f"is under {'an open' if right.licence is Licence.OPEN else 'an exclusive'} licence",
        "存在开放许可或独占、排他许可",
        "withdraw the open licence statement, or have the bank consent to the licence in writing",
        evidence=evidence,
        effect=Effect.REFER,
    )


def related_transfer(case: Case) -> Examined:
    """The right was not bought from a related party shortly before."""
    right, code = case.right, "related-transfer"
    months = int(case.edition.table["transfer"]["months"])
    evidence = f"proposal: acquired on {right.acquired_on or right.filed}"
    if not right.acquired_from_related:
        return case.passed(code, "was not bought from a related party", "非关联方转让", evidence)
    if right.acquired_on and add_months(right.acquired_on, months) <= case.on:
        return case.passed(code, "was bought long ago", "关联转让已逾规定期限", evidence)
    return case.failed(
        code,
        f"was bought from a related party within {months} months",
        "近期自关联方受让",
        "show the price paid and an outside appraisal, and have it approved",
        evidence=evidence,
        effect=Effect.REFER,
    )


def related_appraiser(case: Case) -> Examined:
    """No appraiser is the owner or the borrower itself."""
    right, code = case.right, "related-appraiser"
    names = (right.appraiser, *(one.by for one in right.appraisals))
    evidence = f"appraised by {', '.join(names)}"
    own = sorted({case.pledgor, right.owner} & set(names))
    if not own:
        return case.passed(code, "was appraised by others than its owner", "评估方独立", evidence)
    return case.failed(
        code,
        f"was appraised by its own owner, {own[0]}",
        "由权利人自行评估",
        "have it appraised by somebody else",
        evidence=evidence,
        effect=Effect.REFER,
    )
