"""Grounds of refusal that lie in strife: disputes, courts, other pledges, twins, invalidation."""

from kernel.finding import Effect
from underwriting.pledge.case import Case
from underwriting.pledge.examined import Examined


def dispute(case: Case) -> Examined:
    """Formalities are not stayed by a dispute about who owns it."""
    code, evidence = "ownership-dispute", "register extract; declaration of disputes"
    if not case.right.in_dispute:
        return case.passed(code, "is under no ownership dispute", "无权属争议", evidence)
    return case.failed(
        code,
        "is under an ownership dispute",
        "权属争议中",
        "end the dispute; formalities are suspended until then",
        evidence=evidence,
    )


def seized(case: Case) -> Examined:
    """No court has it under preservation."""
    code, evidence = "seized", "register extract: preservation measures"
    if not case.right.seized:
        return case.passed(code, "is under no preservation", "无保全措施", evidence)
    return case.failed(
        code,
        "is under preservation by a court",
        "被人民法院采取保全措施",
        "have the court lift the measure",
        evidence=evidence,
    )


def pledged(case: Case) -> Examined:
    """It is pledged to nobody else."""
    code, evidence = "pledged-already", "register extract: pledges"
    if not case.right.pledged_elsewhere:
        return case.passed(code, "is pledged to nobody else", "未设其他质权", evidence)
    return case.failed(
        code,
        "is pledged to another creditor",
        "已被质押",
        "have that pledge released first",
        evidence=evidence,
    )


def twin(case: Case) -> Examined:
    """A right filed the same day for the same thing is pledged with it, or knowingly left out."""
    right, code = case.right, "same-day-twin"
    if right.twin is None:
        return case.passed(code, "has no twin of the same day", "无同日申请", "search of the owner")
    evidence = f"twin {right.twin}"
    if right.twin in case.others:
        return case.passed(code, f"is pledged with its twin {right.twin}", "与同日申请一并出质",
                           evidence)  # fmt: skip
    return case.failed(
        code,
        f"has the twin {right.twin} of the same day, which is not pledged",
        "同样的发明创造已于同日另行申请，未一并出质",
        "pledge both, drop one, or have both parties declare that they go on",
        evidence=evidence,
        effect=Effect.REFER if right.continues else Effect.DECLINE,
    )


def invalidation(case: Case) -> Examined:
    """No request to invalidate it is pending, or the parties knowingly go on."""
    right, code = case.right, "invalidation-pending"
    evidence = "register extract; declaration of disputes"
    if not right.invalidation_pending:
        return case.passed(code, "is under no request to invalidate it", "未被请求宣告无效",
                           evidence)  # fmt: skip
    return case.failed(
        code,
        "is under a request to invalidate it",
        "正处于无效宣告程序",
        "wait for the decision, pledge another right, or have both parties declare that they go on",
        evidence=evidence,
        effect=Effect.REFER if right.continues else Effect.DECLINE,
    )
