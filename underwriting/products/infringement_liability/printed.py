"""The terms of the cover in words, in the order in which they apply, and its particulars."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from kernel.money import Money
from kernel.wire import MoneyWire
from underwriting.products.infringement_liability.agreed_terms import copay_of
from underwriting.products.infringement_liability.matters import Treatment
from underwriting.products.infringement_liability.risk import InfringementLiabilityRisk
from underwriting.products.infringement_liability.wanted import Counsel, Defence
from underwriting.rules.contract import Term

_STAGES = {
    "pre_suit": ("诉前费用限额", "stage cap, pre-suit"),
    "first_instance": ("一审费用限额", "stage cap, first instance"),
    "invalidation": ("无效反制费用限额", "stage cap, invalidation counter-action"),
    "appeal": ("上诉费用限额", "stage cap, appeal"),
}
_COUNSEL = {Counsel.PANEL: "库内律师 panel counsel", Counsel.OFF_PANEL: "自选律师 own counsel"}
_NONE = "不另设 none of its own"


def terms_of(risk: InfringementLiabilityRisk, share: Fraction) -> tuple[Term, ...]:
    """Return every term, those that do not bite too."""
    return tuple(_terms(risk, share))


def _terms(risk: InfringementLiabilityRisk, share: Fraction) -> Iterator[Term]:
    cover = risk.cover
    yield Term("retention", "每次索赔免赔额", "retention, any one claim", _money(cover.retention))
    other = percent(Fraction(cover.copay_off_panel))
    value = f"{percent(copay_of(cover))} ({_COUNSEL[cover.counsel]}; 自选 own counsel {other})"
    yield Term("coinsurance", "被保险人共保比例", "the insured's copay", value)
    for name, (zh, en) in _STAGES.items():
        yield Term("sublimit", zh, en, _money(getattr(cover.stage_caps, name)))
    npe = _money(cover.npe_sublimit)
    yield Term("sublimit", "非执业实体诉讼分项限额", "sublimit, any one NPE suit", npe)
    fair = _money(cover.exhibition.sublimit) if cover.exhibition else "未投保 not covered"
    yield Term("sublimit", "展会分项限额（无免赔额）", "sublimit, any one fair, no retention", fair)
    yield Term("limit", "每次索赔限额", "limit, any one claim", _money(cover.limit))
    yield Term("aggregate", "累计限额", "aggregate of the period", _money(cover.aggregate))
    inside = cover.defence is Defence.INSIDE
    where = "计入限额 inside" if inside else "限额以外另计同额 outside, a limit of the same size"
    yield Term("aggregate", "抗辩费用", "defence cost and the limits", where)
    yield Term("share", "保险人份额", "the insurer's share", percent(share))


def particulars(risk: InfringementLiabilityRisk, tariff: Mapping[str, Any]) -> list[list[str]]:
    """Return label in Chinese, label in English and value of what else the schedule prints."""
    cover = risk.cover
    rows = [
        ["追溯日", "retroactive date", cover.retroactive_date.isoformat()],
        ["延长报告期", "extended reporting", f"{cover.extended_reporting_months} 个月 months"],
        ["承保法域", "courts", ", ".join(cover.courts)],
        *(["承保产品", "scheduled product", f"{one.code} {one.title}"] for one in risk.products),
        ["对客户的赔偿承诺", "promises to customers", _promises(risk)],
    ]
    for one in risk.known_matters:
        named = f"{one.counterparty} / {one.product} / {one.on}"
        if one.treatment is Treatment.EXCLUDE:
            rows.append(["除外的已知事项", "known matter, not covered", named])
        else:
            factor = tariff["higher_retention"]
            rows.append(["提高免赔额的已知事项", f"known matter, {factor} retentions", named])
    return rows


def percent(share: Fraction) -> str:
    """Write an exact share as a percentage.

    >>> percent(Fraction(1, 8))
    '12.5 %'
    """
    return f"{float(100 * share):.6g} %"


def _promises(risk: InfringementLiabilityRisk) -> str:
    if not risk.cover.indemnities:
        return "不承保 not covered"
    return "；".join(one.customer for one in risk.indemnities) or "无 none"


def _money(amount: MoneyWire | None) -> str:
    return _NONE if amount is None else str(Money.of(amount.amount, amount.currency))
