"""Another cover of the same interest, as it is stated with a claim (Insurance Law art. 56)."""

from typing import Final

from claims.rules.kinds.kind import FactAsked

OTHER_INSURER: Final = "other_insurer"
"""Fact of the file: who else insures the same interest."""

OTHER_SUM: Final = "other_sum_insured"
"""Fact of the file: for how much, minor units; several are stated as their sum."""

OTHER_COVER: Final = (
    FactAsked(OTHER_INSURER, "text", "同时承保的其他保险人", "other insurer of the same loan"),
    FactAsked(OTHER_SUM, "money", "其他保险人的保险金额", "its sum insured"),
)
"""Facts, in the order in which they are asked."""
