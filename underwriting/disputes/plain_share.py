"""The issuer's part under a scheme of one plain layer, all that a cover without a loan takes."""

from fractions import Fraction

from kernel.errors import invalid
from kernel.sharing import Scheme


def plain_share(scheme: Scheme, issuer: str) -> Fraction:
    """Return the part of every payment that the issuer bears, above 0.

    Raises:
        Invalid: the scheme has several layers, caps, brackets or fuses, which a cover without a
            loan cannot apply; or the issuer bears nothing under it.
    """
    several = len(scheme.layers) != 1 or scheme.layers[0].upto is not None
    if several or scheme.caps or scheme.brackets or scheme.fuses:
        problem = f"{scheme.code} has more than one plain layer of shares"
        cure = "use a scheme of one layer without caps, brackets or fuses, such as own-account"
        raise invalid("risk.cover.scheme", problem, cure, code="scheme-not-plain")
    shares = scheme.layers[0].shares
    part = shares.share_of(issuer) if shares else Fraction(0)
    if part == 0:
        known = ", ".join(scheme.parties)
        problem = f"{issuer!r} bears no share under {scheme.code}"
        raise invalid("risk.cover.issuer", problem, f"use one of {known}")
    return part
