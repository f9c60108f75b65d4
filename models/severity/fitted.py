"""A severity that was fitted, read back from its frozen fit."""

from dataclasses import dataclass
from typing import Self

from kernel.errors import invalid
from models.fit_file import FitFile
from models.severity.dependence import copula_of
from models.severity.joint import LossAndCost
from models.severity.laws import Law, law_of

FORM = "severity.law"


@dataclass(frozen=True, slots=True)
class FittedSeverity:
    """What a fit says of one claim.

    Attributes:
        fit_id: what a receipt quotes.
        currency: of all amounts.
        loss: law of the loss from the ground up.
        joint: loss with defence cost, where cost was fitted too.
    """

    fit_id: str
    currency: str
    loss: Law
    joint: LossAndCost | None

    @classmethod
    def of(cls, fit: FitFile) -> Self:
        """Read it.

        Raises:
            Invalid: the fit is of another form.
        """
        if fit.form != FORM:
            problem = f"{fit.fit_id} is a {fit.form} and no severity"
            raise invalid("fit", problem, "name a fit of a severity")
        loss = law_of(fit.parameters["loss"], "loss")
        joint = None
        if "cost" in fit.parameters:
            copula = copula_of(fit.parameters["copula"])
            joint = LossAndCost(loss, law_of(fit.parameters["cost"], "cost"), copula)
        return cls(fit.fit_id, fit.parameters["currency"], loss, joint)
