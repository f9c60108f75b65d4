"""What is undertaken: nature and rules, demand, mode, taxes and purposes."""

from collections.abc import Iterator

from kernel.finding import Finding
from underwriting.letters.evidence import Evidence
from underwriting.letters.grounds.ground import ground
from underwriting.letters.regimes import regime
from underwriting.letters.terms import LetterTerms

_INDEPENDENT = "Supreme Court rules on independent guarantees art. 1, 3"
_OBLIGATION = "Customs guarantee rules art. 13(2)"
_ISSUERS = ("bank", "insurer", "finance_company")
"""Banks and non-bank financial institutions: nobody else gives an independent guarantee."""


def undertaking_grounds(terms: LetterTerms, evidence: Evidence) -> Iterator[Finding]:
    """Yield every ground in what is undertaken."""
    yield from _independence(terms, evidence)
    yield from _fitting(terms)
    yield from _demands(terms)
    yield from _mode(terms)
    yield from _declarations(terms)
    yield from _objects(terms)


def _independence(terms: LetterTerms, evidence: Evidence) -> Iterator[Finding]:
    if terms.nature != "independent":
        return
    if evidence.issuer_kind not in _ISSUERS:
        yield ground(
            "issuer-not-financial",
            "only a bank or another financial institution gives an independent guarantee",
            "独立保函仅可由银行或非银行金融机构开立", clause=_INDEPENDENT,
            cure="make the liability joint and several", cure_zh="改为连带责任保证",
        )  # fmt: skip
    if not terms.demands.papers or terms.amount.minor <= 0:
        yield ground(
            "not-independent", "independence needs demand documents and a maximum amount",
            "独立保函须载明据以付款的单据和最高金额", clause=_INDEPENDENT,
            cure="name the documents and the amount, or make it joint and several",
            cure_zh="载明单据和最高金额，或改为连带责任保证",
        )  # fmt: skip


def _fitting(terms: LetterTerms) -> Iterator[Finding]:
    """Yield where rules or kind fit neither the nature of the liability nor the regime."""
    if terms.nature != "independent" and terms.rules in ("URDG", "ISPR"):
        yield ground(
            "rules-for-independent",
            f"{terms.rules} is for independent undertakings, this liability is joint and several",
            f"{terms.rules} 适用于独立保函，本函为连带责任", clause=_INDEPENDENT,
            cure="leave the rules out, or make it independent",
            cure_zh="不适用该规则，或改为独立保函",
        )  # fmt: skip
    rules = regime(terms.regime)
    if terms.kind not in rules.instruments:
        yield ground(
            "kind-not-taken", f"{rules.en} takes no {terms.kind}", f"{rules.zh}不接受该类凭证",
            clause="Customs Law art. 68", cure="issue a letter", cure_zh="改为保函",
        )  # fmt: skip


def _demands(terms: LetterTerms) -> Iterator[Finding]:
    if not terms.demands.papers:
        yield ground(
            "no-demand-paper", "no document is named that a demand must hold", "未载明索赔单据",
            clause=_INDEPENDENT, cure="name at least the written demand of customs",
            cure_zh="至少载明海关书面索赔通知",
        )  # fmt: skip
    if not 0 < terms.demands.examination_days <= terms.demands.days:
        yield ground(
            "demand-days",
            f"a demand is examined in {terms.demands.examination_days} days and paid in "
            f"{terms.demands.days}: examination comes first, and both are days",
            "索赔审核期限须大于零且不长于付款期限", clause="letter: demand",
            cure="examine within the days of payment", cure_zh="审核期限不长于付款期限",
        )  # fmt: skip


def _mode(terms: LetterTerms) -> Iterator[Finding]:
    if terms.mode == "single" and not terms.declarations:
        yield ground(
            "single-without-declaration", "a single letter names no declaration",
            "单笔担保未列明报关单", clause="Customs guarantee rules art. 4",
            cure="name the declaration, or let the letter revolve",
            cure_zh="载明报关单号，或改为总担保",
        )  # fmt: skip
    if terms.mode == "revolving" and terms.declarations:
        yield ground(
            "revolving-with-declaration", "a letter for many declarations names some",
            "总担保不应列明报关单", clause="Customs guarantee rules art. 11",
            cure="leave the declarations out, or make it a single letter",
            cure_zh="删去报关单，或改为单笔担保",
        )  # fmt: skip
    if terms.mode == "single" and terms.restored:
        yield ground(
            "single-restored", "the amount of a single letter is not restored",
            "单笔担保额度不予恢复", clause="Customs guarantee rules art. 11",
            cure="say that it is not restored, or let the letter revolve",
            cure_zh="载明额度不恢复，或改为总担保",
        )  # fmt: skip


def _declarations(terms: LetterTerms) -> Iterator[Finding]:
    numbers = [one.number for one in terms.declarations]
    for number in dict.fromkeys(one for one in numbers if numbers.count(one) > 1):
        yield ground(
            "declaration-twice", f"declaration {number} is named twice",
            f"报关单 {number} 重复列明", clause=_OBLIGATION, cure="name it once",
            cure_zh="删去重复项",
        )  # fmt: skip


def _objects(terms: LetterTerms) -> Iterator[Finding]:
    stated = (("taxes", terms.taxes, "税费种类"), ("purposes", terms.purposes, "担保事项"))
    for name, named, zh in stated:
        if not named:
            yield ground(
                f"no-{name}", f"no {name} are named", f"未载明{zh}", clause=_OBLIGATION,
                cure=f"name the {name} that are secured", cure_zh=f"载明{zh}",
            )  # fmt: skip
        if len(set(named)) < len(named):
            yield ground(
                f"{name}-twice", f"one of the {name} is named twice", f"{zh}重复",
                clause=_OBLIGATION, cure="name each once", cure_zh="删去重复项",
            )  # fmt: skip
