"""Why a claim is settled: on account before the decision, by the decision, or anew after it."""

from enum import StrEnum
from typing import Final


class Purpose(StrEnum):
    """What a settlement is for."""

    ADVANCE = "advance"
    INTERIM = "interim"
    EARLY = "early"
    FINAL = "final"
    TRUE_UP = "true_up"
    RECOMPUTED = "recomputed"


ON_ACCOUNT: Final = frozenset({Purpose.ADVANCE, Purpose.INTERIM, Purpose.EARLY})
"""Paid before the decision; the decision takes them into its total."""

CLAUSES: Final = {
    Purpose.ADVANCE: "保险法第二十五条 Insurance Law art. 25",
    Purpose.INTERIM: "保险条款 wording: costs are paid as they arise",
    Purpose.EARLY: "提前介入协议 agreement on early intervention",
    Purpose.FINAL: "保险法第二十三条 Insurance Law art. 23",
    Purpose.TRUE_UP: "保险法第二十三条、第二十五条 Insurance Law arts 23, 25",
    Purpose.RECOMPUTED: "保险单所附分担方案 the scheme of the policy",
}
"""Purpose -> what a payment rests on."""

WORDS: Final = {
    Purpose.ADVANCE: "先行赔付 advance",
    Purpose.INTERIM: "分期赔付 interim payment",
    Purpose.EARLY: "提前介入赔付 early payment",
    Purpose.FINAL: "最终赔付 final settlement",
    Purpose.TRUE_UP: "多退少补 true-up",
    Purpose.RECOMPUTED: "重新计算 recomputed",
}
"""Purpose -> words, as printed."""
