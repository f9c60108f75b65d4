"""What the register says against the appraiser of a pledged right."""

from collections.abc import Iterator

from kernel.finding import Effect, Finding
from underwriting.appraisers.view import AppraiserView

_CLAUSE = "银保监发〔2019〕34号 art. 10: admission and lasting control of appraisers (S99)"


def appraiser_findings(view: AppraiserView) -> Iterator[Finding]:
    """Yield every finding on one appraiser; none on one that is listed with a sound record."""
    if view.state == "unknown":
        yield Finding(
            "appraiser-unknown", Effect.REFER,
            f"{view.name} is not on the register of appraisers",
            f"{view.name} 不在评估机构库内",
            _CLAUSE, "have it admitted, or have the right valued by one that is",
        )  # fmt: skip
        return
    if view.state == "suspended":
        yield Finding(
            "appraiser-suspended", Effect.DECLINE,
            f"{view.name} is suspended: {view.reason}",
            f"{view.name} 已被暂停：{view.reason}",
            _CLAUSE, "have the right valued by another appraiser",
        )  # fmt: skip
    if view.haircut > 0.0:
        yield _poor(view)
    if view.thin:
        yield _thin(view)


def _poor(view: AppraiserView) -> Finding:
    cut, own, house = (f"{part:.0%}" for part in (view.haircut, view.credibility, view.house_mean))
    return Finding(
        "appraiser-poor", Effect.REFER,
        f"what {view.name} valued fetched {view.mean:.1%} of it on average in {view.cases} cases "
        f"(shrunk, own weight {own}), of all appraisers {house}: a haircut of {cut} is proposed",
        f"{view.name} 评估的 {view.cases} 宗案例平均变现 {view.mean:.1%}，"
        f"总体为 {house}，建议折减 {cut}",
        f"appraisers/law.toml {view.law}: poor_below",
        f"take {cut} off its value, or have the right valued again by another",
    )  # fmt: skip


def _thin(view: AppraiserView) -> Finding:
    return Finding(
        "appraiser-thin", Effect.INFORM,
        f"the record of {view.name} is thin: {view.cases} realised cases; its ratio of "
        f"{view.mean:.1%} is {1.0 - view.credibility:.0%} the house's",
        f"{view.name} 的业绩记录不足：仅 {view.cases} 宗变现案例",
        f"appraisers/law.toml {view.law}: thin_below",
        "record what its appraisals fetch",
    )  # fmt: skip
