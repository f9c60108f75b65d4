"""The innovation-capacity score of a firm, from its rights and its R&D. Pure.

score = innovation_score(innovation_of(records, day, rd_intensity=0.05).figures(), indicators())
score.points, score.low, score.high, score.missing
"""

from underwriting.innovation.feature import as_feature, feature_value
from underwriting.innovation.findings import innovation_findings
from underwriting.innovation.from_records import innovation_of
from underwriting.innovation.score import UNTESTED, InnovationScore, innovation_score
from underwriting.innovation.stated import Innovation
from underwriting.innovation.table import Indicator, IndicatorTable, indicators

__all__ = [
    "UNTESTED",
    "Indicator",
    "IndicatorTable",
    "Innovation",
    "InnovationScore",
    "as_feature",
    "feature_value",
    "indicators",
    "innovation_findings",
    "innovation_of",
    "innovation_score",
]
