"""Which accounts payments and defaults of parties move. Debit above zero, credit below.

In default the share itself goes to the residual by a new settlement. What the party owes stays a
memorandum, `share_in_default:<party>`, and what it has paid is held until its arrears are met.
"""

from claims.rules.bookings import Moves, call_paid_moves


def paid_moves(party: str, minor: int, *, lead: bool, held: bool) -> Moves:
    """A party pays: on its share, or while it is in default on its arrears; below zero is back."""
    if not held:
        return call_paid_moves(party, minor, lead=lead)
    return [*arrears_moves(party, -minor), *_held_from(party, minor, lead=lead)]


def arrears_moves(party: str, minor: int) -> Moves:
    """What a party in default owes grows (or, below zero, is met)."""
    return [(f"share_in_default:{party}", minor), (f"awaited_from_default:{party}", -minor)]


def hold_moves(party: str, minor: int, *, lead: bool) -> Moves:
    """Take what a party had paid off its share, which it bears no more (below zero: put back)."""
    if lead:
        return [(f"share_receivable:{party}", minor), (f"held_in_default:{party}", -minor)]
    taken = [(f"memo_call:{party}", minor), (f"memo_owed_to_bank:{party}", -minor)]
    return [*taken, *_memo_held(party, minor)]


def _held_from(party: str, minor: int, *, lead: bool) -> Moves:
    if lead:
        return [("cash", minor), (f"held_in_default:{party}", -minor)]
    return _memo_held(party, minor)


def _memo_held(party: str, minor: int) -> Moves:
    """The bank holds it, not the house."""
    return [(f"memo_held_by_bank:{party}", minor), (f"memo_held_in_default:{party}", -minor)]
