"""What drives the price of a pledge guarantee, by name, for the receipt."""

from collections.abc import Mapping

from underwriting.pledge.laws import Laws
from underwriting.pledge.values import package_of, quantile_haircut
from underwriting.product import Rated
from underwriting.products.pledge_guarantee.by_month import Worked
from underwriting.products.pledge_guarantee.exposure import loan_to_value, waiting_days
from underwriting.products.pledge_guarantee.risk import PledgeGuaranteeRisk


def drivers_of(
    risk: PledgeGuaranteeRisk, basis: Rated, laws: Laws, worked: Worked, cut: Worked
) -> Mapping[str, float]:
    """Return name -> figure; `cut` is the proposal worked out with the link cut.

    `wrong_way_link` is what the link between borrower, key right and value adds to the pure
    premium, per 1 of what it would be without.
    """
    return {
        "default_probability_1y": laws.borrower.default_between(0.0, 1.0),
        "loss_given_default_month_1": 1.0
        - min(1.0, worked.defaults.back / worked.months[0].exposure),
        "key_right_dead_at_default_month_1": worked.defaults.key_dead,
        "wrong_way_link": _link_adds(worked, cut),
        "loan_to_value": loan_to_value(risk),
        "waiting_days": float(waiting_days(risk, basis)),
        **_value(risk, basis, laws),
    }


def _link_adds(linked: Worked, cut: Worked) -> float:
    return linked.pure / cut.pure - 1.0 if cut.pure > 0 else 0.0


def _value(risk: PledgeGuaranteeRisk, basis: Rated, laws: Laws) -> dict[str, float]:
    """Return the value of the package as a law: its mean, and what is cut at a low quantile."""
    if not laws.rights:
        return {}
    chance = float(basis.terms["limits"]["value_quantile"])
    law = package_of([(right.value, right.spread) for right in laws.rights])
    return {
        "loan_to_expected_value": loan_to_value(risk, law.mean),
        "loan_to_low_value": loan_to_value(risk, law.quantile(chance)),
        "low_value_haircut": quantile_haircut(law, chance),
        "low_value_quantile": chance,
    }
