"""What is known before the cover: matters with others, and opinions as scored evidence."""

from collections.abc import Iterator
from fractions import Fraction

from kernel.finding import Effect, Finding
from underwriting.disputes import Court
from underwriting.product import Rated
from underwriting.products.infringement_liability.evidence import best_score
from underwriting.products.infringement_liability.exposure import sales_of
from underwriting.products.infringement_liability.matters import (
    Conclusion,
    KnownMatter,
    MatterKind,
    OpinionKind,
    Treatment,
)
from underwriting.products.infringement_liability.printed import percent
from underwriting.products.infringement_liability.risk import InfringementLiabilityRisk


def evidence(risk: InfringementLiabilityRisk, basis: Rated) -> Iterator[Finding]:
    """Yield every finding on known matters and on opinions."""
    for matter in risk.known_matters:
        yield _known(matter, risk, basis)
    for opinion in risk.opinions:
        if opinion.conclusion is Conclusion.ADVERSE:
            about = ", ".join(opinion.products)
            yield Finding(
                "opinion-adverse", Effect.REFER,
                f"counsel's opinion of {opinion.on} on {about} is adverse",
                f"{opinion.on} 关于 {about} 的律师意见不利",
                "Altageneral (S48): an early opinion on the merits is required",
                "take the product out, design around the right, or have it approved",
            )  # fmt: skip
    yield from _united_states(risk, basis)


def _known(matter: KnownMatter, risk: InfringementLiabilityRisk, basis: Rated) -> Finding:
    named = f"{matter.kind.value} of {matter.counterparty} over {matter.product}, {matter.on}"
    zh = f"{matter.on} {matter.counterparty} 就 {matter.product} 提出的已知事项"
    if matter.treatment is Treatment.EXCLUDE:
        return Finding(
            "known-matter-excluded", Effect.INFORM,
            f"the {named}, is proposed as a specific exclusion: it was known before the cover",
            f"{zh}，拟作特别除外：起保前已知悉",
            "Insurance Law art. 16; wording: exclusions",
            "with an opinion on the merits it can be taken at a higher retention",
        )  # fmt: skip
    if matter.kind is MatterKind.SUIT:
        return Finding(
            "known-suit", Effect.DECLINE,
            f"the {named}, was brought before the cover and can only be left out",
            f"{zh}，诉讼在起保前已提起，只能除外",
            "wording: cover; suits first brought in the period", "exclude it",
        )  # fmt: skip
    score = best_score(
        risk.opinions, OpinionKind.MERITS, (matter.product, matter.court),
        terms=basis.terms, on=basis.on,
    )  # fmt: skip
    if score < basis.terms["limits"]["opinion_score"]:
        return Finding(
            "known-matter-unopined", Effect.REFER,
            f"the {named}, has no opinion on the merits of enough weight (score {score:g})",
            f"{zh}，缺少有力的实体意见（评分 {score:g}）",
            "Altageneral (S48): known threats lead to a higher retention or an exclusion",
            "exclude it, obtain an opinion, or have it approved",
        )  # fmt: skip
    factor = basis.terms["higher_retention"]
    return Finding(
        "known-matter-taken", Effect.INFORM,
        f"the {named}, is taken at {factor} retentions on an opinion of score {score:g}",
        f"{zh}，凭评分 {score:g} 的意见按 {factor} 倍免赔额承保",
        "tariff: higher_retention", "exclude it to lower the price",
    )  # fmt: skip


def _united_states(risk: InfringementLiabilityRisk, basis: Rated) -> Iterator[Finding]:
    """Refer sales in the US of some size over which no opinion of enough weight was stated."""
    if Court.US not in risk.cover.courts:
        return
    sales = {one.code: sales_of(one, Court.US) for one in risk.products}
    whole = sum(one.annual.money().minor for product in risk.products for one in product.sales)
    least, enough = basis.terms["limits"]["opinion_share"], basis.terms["limits"]["opinion_score"]
    bare = [
        code
        for code, sold in sales.items()
        if sold and best_score(risk.opinions, None, (code, Court.US),
                               terms=basis.terms, on=basis.on) < enough
    ]  # fmt: skip
    share = Fraction(sum(sales[code] for code in bare), whole) if whole else Fraction(0)
    if bare and share >= Fraction(least):
        yield Finding(
            "opinion-missing", Effect.REFER,
            f"{percent(share)} of all sales are in the US without an opinion of score {enough}: "
            f"{', '.join(bare)}",
            f"在美销售占比 {percent(share)}，缺少评分达 {enough} 的律师意见：{', '.join(bare)}",
            "Altageneral (S48); tariff: limits.opinion_share",
            "obtain an opinion of external counsel on freedom to operate or on the merits",
        )  # fmt: skip
