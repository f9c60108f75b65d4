"""Refusals in the words of the form that was sent, where an act calls a field otherwise.

with as_sent({"value_date": "paid_on"}):
    pay_call(session, call_id, payment, desk=desk)
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from kernel.errors import Fault, Refusal


@contextmanager
def as_sent(names: Mapping[str, str]) -> Iterator[None]:
    """Let refusals of the acts inside name the fields that the caller sent.

    Args:
        names: the act's name of a field -> the form's; what lies below a field goes with it.
    """
    try:
        yield
    except Refusal as refused:
        faults = (replace(one, field=renamed(one, names)) for one in refused.faults)
        raise type(refused)(refused.code, *faults) from refused


def renamed(fault: Fault, names: Mapping[str, str]) -> str:
    """Return the field of a fault as the form calls it.

    >>> renamed(Fault("events[0].since", "lies ahead", "mend it"), {"events[0]": "event"})
    'event.since'
    """
    for act, form in names.items():
        below = fault.field.removeprefix(act)
        if fault.field.startswith(act) and below[:1] in ("", ".", "["):
            return form + below
    return fault.field
