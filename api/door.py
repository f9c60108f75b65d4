"""The door that is open to everybody: so many knocks a client, and a short queue of files.

A bucket of tokens for each client address: full it holds `DEPTH`, and one comes back each second.
The buckets of the addresses that knocked last are kept; an address that is forgotten has a full
one again, which is what it would have had after a minute of silence.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil
from threading import BoundedSemaphore, Lock
from time import monotonic
from typing import Final

from documents.press import Press
from kernel.errors import Fault, Unavailable

DEPTH: Final = 30.0
"""Knocks at once."""
A_SECOND: Final = 1.0
"""Knocks that come back in a second."""
KEPT: Final = 10_000
"""Addresses that are remembered."""
READING: Final = 1
"""Knocks that a page costs."""
TESTING: Final = 5
"""Knocks that the test of a file costs."""
PLACES: Final = 16
"""Files that come in at once. One address, however slow, takes 12 at most: six files use its
bucket up, and six more come back while the first are timed out."""
_PREFIX: Final = 64
_BUSY: Final = Fault("door", "takes in as many files as it can", "ask again in some seconds")


class Door:
    """Who may come in now."""

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        """Open the door; `now` gives seconds that never run back."""
        self._now, self._lock = now, Lock()
        self._places = BoundedSemaphore(PLACES)
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self.bench = Press(hands=1, waiting=4)

    def wait(self, address: str, cost: int) -> int:
        """Take `cost` tokens of an address; return 0, or the whole seconds to wait for them."""
        name, now = household(address), self._now()
        with self._lock:
            left, since = self._buckets.pop(name, (DEPTH, now))
            left = min(DEPTH, left + (now - since) * A_SECOND)
            missing = cost - left
            self._buckets[name] = (left if missing > 0 else left - cost, now)
            while len(self._buckets) > KEPT:
                self._buckets.popitem(last=False)
        return ceil(missing / A_SECOND) if missing > 0 else 0

    @contextmanager
    def place(self) -> Iterator[None]:
        """Hold one of the places at which a file is read.

        Raises:
            Unavailable: `door-busy`: all are taken.
        """
        if not self._places.acquire(blocking=False):
            raise Unavailable("door-busy", _BUSY)
        try:
            yield
        finally:
            self._places.release()

    def __len__(self) -> int:
        """Addresses that are remembered."""
        return len(self._buckets)


def household(address: str) -> str:
    """Return what counts as one client: an IPv4 address, or the /64 network of an IPv6 one.

    >>> household("2001:db8:1:2:3:4:5:6"), household("192.0.2.1"), household("testclient")
    ('2001:db8:1:2::/64', '192.0.2.1', 'testclient')
    >>> household("::ffff:192.0.2.1")  # how a socket for both kinds names an IPv4 address
    '192.0.2.1'
    """
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ip_network((found, _PREFIX), strict=False))
    return str(found)
