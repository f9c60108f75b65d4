"""The file of evidence of a pledge guarantee: every test before binding, passed or failed."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from kernel.finding import Effect, Finding
from underwriting.pledge.examined import Examined, Verdict, of_finding
from underwriting.product import Rated
from underwriting.products.pledge_guarantee.accept import own_findings, pledge_tested
from underwriting.products.pledge_guarantee.risk import PledgeGuaranteeRisk


class Check(NamedTuple):
    """A test that leaves a finding where it fails, and nothing where it passes.

    Attributes:
        code: of that finding.
        en: what is so where it passed.
        zh: the same in Chinese.
        evidence: on what it was tested.
        clause: what it rests on.
    """

    code: str
    en: str
    zh: str
    evidence: str
    clause: str


CHECKS: Final = (
    Check("scheme-not-in-force", "the scheme is in force on the day of drawdown",
          "方案在放款日有效", "scheme file", "scheme: valid_from, valid_to"),
    Check("fuse-blown", "no fuse of the scheme is blown", "未触发熔断", "measures stated",
          "scheme: fuses"),
    Check("no-share", "the issuer bears a share", "保险人有分担份额", "scheme file",
          "scheme: layers"),
    Check("uncovered", "a whole loss today is borne by somebody", "全损有人分担",
          "balances of the day", "scheme: caps, residual"),
    Check("pool-short", "the pools can pay a whole loss today", "资金池足以赔付",
          "balances of the day", "scheme: caps"),
    Check("loan-limit", "the loan is within the limit of authority", "贷款在授权额度内",
          "proposal: loan", "tariff: limits.loan"),
    Check("term-limit", "the term is within the limit", "期限在限额内", "proposal: loan",
          "tariff: limits.term_months"),
    Check("drawn-already", "the loan is not drawn yet", "贷款尚未发放", "proposal: drawdown",
          "Civil Code art. 444"),
    Check("old-for-new", "the loan repays no other loan", "非以新还旧", "proposal: refinancing",
          "wording: exclusions"),
    Check("ip-share", "IP secures enough of the loan", "知识产权担保占比足够",
          "proposal: ip_share", "tariff: limits.ip_share"),
    Check("grade", "the borrower's grade is taken", "信用等级可予承保", "borrower's accounts",
          "tariff: limits"),
    Check("loan-to-value", "the loan is within the limit on the value", "贷款价值比在限额内",
          "appraisals", "tariff: limits.loan_to_value"),
    Check("appraisal-old", "every appraisal is fresh", "评估均在有效期内", "appraisals",
          "tariff: limits.appraisal_days"),
    Check("own-valuation", "whoever valued the rights may do so for this loan",
          "估值方式符合规定", "appraisals", "tariff: limits.own_valuation"),
)  # fmt: skip
"""Tests of scheme, loan, borrower and value."""


def evidence(risk: PledgeGuaranteeRisk, basis: Rated) -> tuple[Examined, ...]:
    """Return every test with what it came to: loan, rights, pledge contract, disclosures."""
    return (
        *_checked(own_findings(risk, basis)),
        *pledge_tested(risk, basis),
        *_disclosed(risk),
    )


def _checked(findings: Sequence[Finding]) -> Iterator[Examined]:
    by_code: dict[str, list[Finding]] = {}
    for finding in findings:
        by_code.setdefault(finding.code, []).append(finding)
    for check in CHECKS:
        found = by_code.pop(check.code, [])
        if not found:
            yield _row(check.code, "loan", (check.en, check.zh), check.evidence, check.clause)
        yield from (of_finding(one, "loan", check.evidence) for one in found)
    for rest in by_code.values():
        yield from (of_finding(one, "loan", "the proposal") for one in rest)


def _disclosed(risk: PledgeGuaranteeRisk) -> Iterator[Examined]:
    """Yield what the proposer declared, which the duty to disclose rests on."""
    years = risk.experience and f"{risk.experience.claims} in {risk.experience.years} years"
    for code, en, zh, said in (
        ("disclosed-purpose", "purpose of the loan", "贷款用途", risk.loan.purpose),
        ("disclosed-refinancing", "whether it repays another loan", "是否以新还旧",
         "yes" if risk.loan.refinancing else "no"),
        ("disclosed-group", "head of the group", "集团母公司", risk.borrower.group),
        ("disclosed-accounts", "accounts of the borrower", "财务数据",
         risk.borrower.accounts and f"{len(risk.borrower.accounts)} figures"),
        ("disclosed-experience", "own defaults under guaranteed loans", "历史违约", years),
    ):  # fmt: skip
        words = (f"{en}: {said or 'not stated'}", f"{zh}：{said or '未说明'}")
        verdict = Verdict.NOTED if said else Verdict.NOT_STATED
        yield _row(
            code, "disclosure", words, "the proposal", "Insurance Law art. 16", verdict=verdict
        )


def _row(
    code: str,
    subject: str,
    words: tuple[str, str],
    evidence: str,
    clause: str,
    *,
    verdict: Verdict = Verdict.PASSED,
) -> Examined:
    return Examined(
        code=code,
        subject=subject,
        verdict=verdict,
        effect=Effect.INFORM,
        en=words[0],
        zh=words[1],
        evidence=evidence,
        clause=clause,
    )
