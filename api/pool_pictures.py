"""What is drawn of a pool: its expected balance with the band around it."""

from claims.rules.forecast.exhaustion import Forecast
from documents.banded import Band, banded
from kernel.money import minor_digits


def forecast_picture(found: Forecast, currency: str) -> bytes:
    """Return the expected balance month by month, from the day on. SVG."""
    unit = 10 ** minor_digits(currency)
    points = [Band(found.balance / unit, found.balance / unit, found.balance / unit)]
    points += [Band(one.expected / unit, one.low / unit, one.high / unit) for one in found.curve]
    title = f"资金池预期余额 Expected balance of the pool from {found.on}"
    return banded(title, currency, points, "— 预期 expected   ▒ 10 % – 90 %")
