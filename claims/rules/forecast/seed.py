"""The seed of a forecast: from its content, so that the same books give the same forecast."""

from dataclasses import asdict

from claims.rules.forecast.outlook import Outlook
from kernel.canonical import canonical_sha256


def seed_of(outlook: Outlook) -> int:
    """Return a whole number from 0 to 2^64 - 1 that names the outlook.

    Policies count in the order of their keys, whatever order the books gave them in.
    """
    policies = sorted((asdict(one) for one in outlook.policies), key=lambda one: one["key"])
    flows = sorted((one.month, one.minor, one.chance) for one in outlook.flows)
    stated = {
        **asdict(outlook), "on": outlook.on.isoformat(), "policies": policies, "flows": flows,
    }  # fmt: skip
    return int(canonical_sha256(stated)[:16], 16)
