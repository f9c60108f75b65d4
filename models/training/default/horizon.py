"""Say within which time a fit's default falls, and at whose level: only then can it price."""

from dataclasses import replace
from math import inf

from kernel.errors import invalid
from models.fit_file import FitFile, digest


def with_horizon(fit: FitFile, years: float, *, level_of: str = "") -> FitFile:
    """Return the fit with its horizon, under the id that belongs to it.

    Args:
        fit: a default fit.
        years: within which its default falls, from the date of its columns.
        level_of: key of the published rate that its odds are brought to where it prices; empty
            where its tape is of the borrowers that will be priced.

    Raises:
        Invalid: the horizon is not above nought.
    """
    if not 0.0 < years < inf:
        raise invalid("--horizon", f"{years:g} is no time", "give years, such as 1")
    stated = dict(fit.parameters) | {"horizon_years": years}
    if level_of:
        stated["level_of"] = {"prior": level_of, "tape_rate": fit.metrics["base_rate"]}
    name = fit.fit_id.rpartition("-")[0]
    twelve = digest(fit.form, fit.features, stated, fit.booster)
    return replace(fit, fit_id=f"{name}-{twelve}", parameters=stated)
