"""The two periods of a letter: in which it is used, and until when customs may demand."""

from collections.abc import Iterator
from datetime import timedelta

from kernel.finding import Finding
from kernel.period import add_days, add_months
from underwriting.letters.evidence import Evidence
from underwriting.letters.grounds.ground import ground
from underwriting.letters.terms import LetterTerms

_PERIOD = "Customs guarantee rules art. 13(4)"
_DUE = "Civil Code art. 692: a period that ends by the due date counts as not agreed"


def period_grounds(terms: LetterTerms, evidence: Evidence) -> Iterator[Finding]:
    """Yield every ground in the days of a letter."""
    yield from _order(terms)
    yield from _length(terms, evidence)
    yield from _claim(terms, evidence)
    yield from _declarations(terms)


def _order(terms: LetterTerms) -> Iterator[Finding]:
    if not terms.usable_from <= terms.usable_until <= terms.claim_until:
        yield ground(
            "days-out-of-order",
            f"it is used from {terms.usable_from} until {terms.usable_until} "
            f"and claimed until {terms.claim_until}: these days are out of order",
            f"可使用期间 {terms.usable_from} 至 {terms.usable_until}、"
            f"索赔截止日 {terms.claim_until} 顺序有误",
            clause=_PERIOD, cure="let use end before claims end",
            cure_zh="使用期间应在索赔期间之内",
        )  # fmt: skip
    if terms.version == 1 and terms.usable_from < terms.issued_on:
        yield ground(
            "usable-before-issue",
            f"it could be used from {terms.usable_from}, before its date {terms.issued_on}",
            f"可使用期间自 {terms.usable_from} 开始，早于开立日 {terms.issued_on}",
            clause="Customs guarantee rules art. 16: in force from customs' acceptance",
            cure=f"let it be used from {terms.issued_on} or later",
            cure_zh=f"可使用期间自 {terms.issued_on} 或以后开始",
        )


def _length(terms: LetterTerms, evidence: Evidence) -> Iterator[Finding]:
    longest = add_months(terms.usable_from, evidence.usable_months) - timedelta(days=1)
    if terms.usable_until > longest:
        yield ground(
            "usable-too-long",
            f"it could be used until {terms.usable_until}, longer than "
            f"{evidence.usable_months} months",
            f"可使用期间至 {terms.usable_until}，超过 {evidence.usable_months} 个月",
            clause="tariff: limits.usable_months; duty policies run one year at most",
            cure=f"let it be used until {longest}, and renew it",
            cure_zh=f"可使用期间至 {longest} 止，到期续开",
        )


def _claim(terms: LetterTerms, evidence: Evidence) -> Iterator[Finding]:
    due = evidence.last_due
    if due < terms.usable_until:
        yield ground(
            "last-due-before-use-ends",
            f"tax is said to fall due until {due}, and declarations use the letter "
            f"until {terms.usable_until}",
            f"税款最迟缴纳日 {due} 早于可使用截止日 {terms.usable_until}",
            clause=_DUE, cure="work out the last due day from the last usable day",
            cure_zh="按最后可使用日核算最迟缴纳日",
        )  # fmt: skip
    if terms.claim_until <= max(due, terms.usable_until):
        first = add_days(max(due, terms.usable_until), 1)
        yield ground(
            "claim-until-too-early",
            f"customs could demand until {terms.claim_until}, and tax may fall due on {due}",
            f"索赔截止日 {terms.claim_until} 不晚于最后可能的缴款期限 {due}",
            clause=_DUE, cure=f"let customs demand until {first} or later",
            cure_zh=f"索赔截止日定为 {first} 或以后",
        )  # fmt: skip


def _declarations(terms: LetterTerms) -> Iterator[Finding]:
    for one in terms.declarations:
        if not terms.usable_from <= one.on <= terms.usable_until:
            yield ground(
                "declared-outside-use",
                f"declaration {one.number} is of {one.on}, outside {terms.usable_from} "
                f"to {terms.usable_until}",
                f"报关单 {one.number} 日期 {one.on} 不在可使用期间内",
                clause=_PERIOD, cure="move the period, or leave the declaration out",
                cure_zh="调整期间或删去该报关单",
            )  # fmt: skip
