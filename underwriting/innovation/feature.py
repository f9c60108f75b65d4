"""The score as a feature that a fit on a user's own loan tape can read."""

from typing import Final

from models.features import Feature, Kind, Missing
from underwriting.innovation.score import InnovationScore

NAME: Final = "innovation_score"


def as_feature() -> Feature:
    """Return the feature: points from 0 to 100, declared to lower the risk, may be missing.

    The sign is judgement until a tape shows it: a training that is told so holds a fit to it.
    """
    return Feature(
        name=NAME,
        kind=Kind.NUMBER,
        unit="points",
        low=0.0,
        high=100.0,
        missing=Missing.LEARNED,
        monotone=-1,
        en="innovation capacity",
        zh="企业创新能力",
    )


def feature_value(score: InnovationScore) -> dict[str, float | str | None]:
    """Return the score as a row of the tape, or a borrower's accounts, state it.

    It is missing where nothing at all is known of the firm.
    """
    nothing = len(score.missing) == len(score.contributions)
    return {"value": None if nothing else score.points, "unit": "points"}
