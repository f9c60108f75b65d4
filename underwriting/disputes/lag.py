"""From the first infringement to an accepted filing: what a retroactive period lets in."""

from math import exp


def exposed_years(start: float, end: float, retroactive: float, mean_lag: float) -> float:
    """Years of filings between `start` and `end` whose infringement is not too old.

    A filing at t counts if the first infringement lay at most t + retroactive years before it.
    With an exponential lag of mean m that is the integral of 1 - exp(-(t + retroactive) / m):

        (end - start) - m exp(-retroactive / m) (exp(-start / m) - exp(-end / m))

    Args:
        start: years from the beginning of cover.
        end: likewise, not before `start`.
        retroactive: years before the beginning of cover that are let in; 0 or more.
        mean_lag: years, above 0.

    >>> round(exposed_years(0.0, 1.0, 0.0, 0.75), 4), round(exposed_years(0.0, 1.0, 50.0, 0.75), 4)
    (0.4477, 1.0)
    """
    assert 0 <= start <= end, "a period has an order"
    assert mean_lag > 0, "a lag has a length"
    fades = exp(-start / mean_lag) - exp(-end / mean_lag)
    return (end - start) - mean_lag * exp(-retroactive / mean_lag) * fades
