"""Import taxes of one line of goods, exact, in minor units.

With V the customs value, q the quantity and every tax rounded half up to the minor unit before it
enters the next base:

    duty            d = V r_d + q u_d                          (ad valorem, specific, or both)
    anti-dumping    a = V r_a        countervailing  c = V r_c
    consumption     x = (V + d + a + c + q u_x) / (1 - r_x) r_x + q u_x
    import VAT      v = (V + d + a + c + x) r_v

The fund for waste electrical goods is not modelled.
"""

from fractions import Fraction
from typing import NamedTuple

from kernel.money import round_half_up


class Rates(NamedTuple):
    """Rates of tax on one line of goods.

    Attributes:
        duty: of the value, per 1.
        duty_per_unit: minor units for each unit of quantity.
        anti_dumping: of the value, per 1.
        countervailing: of the value, per 1.
        consumption: of the price with consumption tax in it, from 0 to below 1.
        consumption_per_unit: minor units for each unit of quantity.
        vat: of value, duties and consumption tax, per 1.
    """

    duty: Fraction = Fraction(0)
    duty_per_unit: Fraction = Fraction(0)
    anti_dumping: Fraction = Fraction(0)
    countervailing: Fraction = Fraction(0)
    consumption: Fraction = Fraction(0)
    consumption_per_unit: Fraction = Fraction(0)
    vat: Fraction = Fraction(0)


class Taxes(NamedTuple):
    """What falls due on one line of goods, each in minor units.

    Attributes:
        duty: ad valorem and specific.
        anti_dumping: on the value.
        countervailing: on the value.
        consumption: import consumption tax.
        vat: import value added tax.
    """

    duty: int
    anti_dumping: int
    countervailing: int
    consumption: int
    vat: int

    @property
    def total(self) -> int:
        """All of it."""
        return sum(self)


def taxes_on(value: int, quantity: Fraction, rates: Rates) -> Taxes:
    """Return the taxes on goods of a customs value in minor units.

    A value of 100,000.00 at 10 % duty, 20 % consumption tax and 13 % VAT: 10,000.00;
    110,000.00 / 0.8 x 0.2 = 27,500.00; 137,500.00 x 0.13 = 17,875.00.

    >>> rates = Rates(duty=Fraction(1, 10), consumption=Fraction(1, 5), vat=Fraction(13, 100))
    >>> taxes_on(100_000_00, Fraction(0), rates)
    Taxes(duty=1000000, anti_dumping=0, countervailing=0, consumption=2750000, vat=1787500)
    """
    assert value >= 0, "a customs value is not negative"
    assert 0 <= rates.consumption < 1, "consumption tax is a part of the price"
    duty = round_half_up(value * rates.duty + quantity * rates.duty_per_unit)
    dumping = round_half_up(value * rates.anti_dumping)
    countervailing = round_half_up(value * rates.countervailing)
    landed = value + duty + dumping + countervailing
    specific = quantity * rates.consumption_per_unit
    composite = (landed + specific) / (1 - rates.consumption)
    consumption = round_half_up(composite * rates.consumption + specific)
    vat = round_half_up((landed + consumption) * rates.vat)
    return Taxes(duty, dumping, countervailing, consumption, vat)


def late_surcharge(tax: int, days: int, per_day: Fraction, *, waived_below: int = 0) -> int:
    """Return the surcharge on unpaid tax in minor units: tax x rate x days, half up.

    `days` runs from the day after the term ends to the day of payment, both counted; a surcharge
    below `waived_below` is not levied.

    >>> late_surcharge(100_000_00, 30, Fraction("0.0005"))
    150000
    """
    found = round_half_up(tax * per_day * max(0, days))
    return found if found >= waived_below else 0
