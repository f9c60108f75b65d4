"""Whether to stand for an importer: customs' grade of it, and ours."""

from collections.abc import Iterator
from typing import Final

from kernel.finding import Effect, Finding
from underwriting.product import Rated
from underwriting.products.customs_guarantee.risk import CustomsCredit, CustomsGuaranteeRisk

_TAKEN: Final = {Effect.DECLINE: "is not taken", Effect.REFER: "is not taken without a person"}
_TAKEN_ZH: Final = {Effect.DECLINE: "不予承保", Effect.REFER: "须经人工核保"}


def importer(risk: CustomsGuaranteeRisk, basis: Rated) -> Iterator[Finding]:
    """Yield every finding on the importer."""
    if risk.importer.credit is CustomsCredit.DISCREDITED:
        yield Finding(
            "discredited", Effect.DECLINE, "customs grades the importer as discredited",
            "进口人为海关失信企业", "announcement 2021 no. 100: all but discredited enterprises",
            "a cash deposit, until customs restores its credit",
        )  # fmt: skip
    if risk.importer.credit is CustomsCredit.ADVANCED:
        yield Finding(
            "may-be-exempt", Effect.INFORM,
            "an advanced-certified importer may be exempt from security",
            "高级认证企业可以申请免除担保", "Customs guarantee rules art. 10",
            "ask customs first whether it needs the letter at all",
        )  # fmt: skip
    yield from _grade(risk, basis)


def _grade(risk: CustomsGuaranteeRisk, basis: Rated) -> Iterator[Finding]:
    limits, grade = basis.terms["limits"], risk.importer.grade.value
    for key, effect in (("decline_grades", Effect.DECLINE), ("refer_grades", Effect.REFER)):
        if grade in limits[key]:
            yield Finding(
                "grade", effect, f"grade {grade} {_TAKEN[effect]}",
                f"信用等级 {grade} {_TAKEN_ZH[effect]}", f"tariff: limits.{key}",
                "add security or a guarantor and grade again",
            )  # fmt: skip
