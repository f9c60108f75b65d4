"""Which accounts the handing over of recoveries moves. Debit above zero; the party comes last.

`recovery_payable:<party>` is what a party is still to be given; `recovery_payback:<party>` is
what it was given and must hand back, since a replay found that less was its due. The debtor's
surplus has the account that `recover` credits, `surplus_payable:policyholder`.
"""

from collections.abc import Mapping
from typing import Final

from kernel.sharing import UNCOVERED

Moves = list[tuple[str, int]]

DEBTOR: Final = "policyholder"
"""The payee of what is over."""
BEYOND: Final = "beyond_cover"
"""The part of a recovery that meets what was paid under a letter and no policy covers."""
BANK: Final = "bank"
"""The payee of what nobody bore for the bank."""


def payee(party: str) -> str:
    """Return who is paid a party's part: the bank for what is uncovered.

    >>> payee("uncovered"), payee("fund")
    ('bank', 'fund')
    """
    return BANK if party == UNCOVERED else party


def by_payee(parts: Mapping[str, int], surplus: int) -> dict[str, int]:
    """Return what each payee is due of parts and a surplus, minor units.

    >>> by_payee({"fund": 5, "bank": 2, "uncovered": 1}, 4)
    {'fund': 5, 'bank': 3, 'policyholder': 4}
    """
    sums: dict[str, int] = {}
    for party, minor in (*parts.items(), (DEBTOR, surplus)):
        sums[payee(party)] = sums.get(payee(party), 0) + minor
    return sums


def payable(of: str) -> str:
    """Return the account of what a payee is still to be given."""
    return f"surplus_payable:{of}" if of == DEBTOR else f"recovery_payable:{of}"


def payment_moves(of: str, minor: int) -> Moves:
    """Pay a payee what it is due; below zero, it hands back what it was given too much.

    >>> payment_moves("fund", -5)
    [('recovery_payback:fund', -5), ('cash', 5)]
    """
    account = payable(of) if minor > 0 else f"recovery_payback:{of}"
    return [(account, minor), ("cash", -minor)]


def owed_back(due: int, given: int) -> int:
    """Return what a payee was given beyond its due, minor units."""
    return max(0, given - due)


def payback_moves(of: str, before: int, after: int) -> Moves:
    """Bring what a payee must hand back from `before` to `after`, against what it is to get."""
    return [(f"recovery_payback:{of}", after - before), (payable(of), before - after)]


def beyond_moves(minor: int) -> Moves:
    """Meet what the debtor owes of a payment under a letter that no policy covers."""
    return [(f"letter_recourse:{DEBTOR}", -minor)]


def recourse_moves(minor: int) -> Moves:
    """Note what came back of the covered part of a payment that was made before the claim.

    `letter_recourse:policyholder` holds what of the demands paid no settlement has turned into a
    paid claim; what came back on those that were is `recourse_recovered:policyholder`. Both sides
    of the note are memoranda: the money itself is booked as of every recovery.

    >>> recourse_moves(5)
    [('memo_recourse_met:policyholder', 5), ('recourse_recovered:policyholder', -5)]
    """
    return [(f"memo_recourse_met:{DEBTOR}", minor), (f"recourse_recovered:{DEBTOR}", -minor)]
