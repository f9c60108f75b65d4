"""The issuer's share of a loss: one plain layer of a scheme."""

from collections.abc import Iterator
from fractions import Fraction

from kernel.errors import Fault, Invalid
from kernel.sharing import Eligible, LossBase, Scheme

_CURE = "choose a scheme of one plain layer, such as own-account"


def share_of(scheme: Scheme, issuer: str) -> Fraction:
    """Return the part of every loss that the issuer bears, exact.

    Raises:
        Invalid: the scheme is more than one layer of shares, or does not share surcharge.
    """
    faults = tuple(_faults(scheme, issuer))
    if faults:
        raise Invalid("scheme-not-plain", *faults)
    shares = scheme.layers[0].shares
    assert shares is not None, "a scheme without brackets states the shares of its layers"
    return shares.share_of(issuer)


def _faults(scheme: Scheme, issuer: str) -> Iterator[Fault]:
    for failed, problem in (
        (len(scheme.layers) != 1 or scheme.layers[0].upto is not None, "shares in several layers"),
        (bool(scheme.caps), "caps what a party pays"),
        (bool(scheme.brackets), "shares by size or tier of a loan"),
        (bool(scheme.fuses), "may be suspended by a fuse"),
        (scheme.eligible is Eligible.IP_SHARE, "shares a part of a loan, and no loan is here"),
        (scheme.loss_base is LossBase.PRINCIPAL, "leaves late surcharge to nobody"),
    ):
        if failed:
            yield Fault("risk.cover.scheme", f"{scheme.code} {problem}", _CURE)
    if issuer not in scheme.parties:
        named = ", ".join(scheme.parties)
        problem = f"{issuer!r} is no party of scheme {scheme.code}"
        yield Fault("risk.cover.issuer", problem, f"use one of {named}")
