"""Processes that print, so that no paper stands in the way of quotes and claims.

Each is started when the first paper waits for it, and goes when the server does.
"""

from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from threading import Lock

from api.staff import stay_with_server
from documents.press import print_stated
from documents.render import Pdf


class Printers:
    """A few processes that print.

    Attributes:
        count: how many there are at most.
        mark: what stands on every page; empty for none.
    """

    def __init__(self, count: int, mark: str = "") -> None:
        """Make room for them; nobody starts yet."""
        assert count > 0, "nobody prints"
        self.count, self.mark = count, mark
        self._lock, self._pool = Lock(), self._hired()

    def _hired(self) -> ProcessPoolExecutor:
        # spawned: nothing of the server's connections and locks is in them
        return ProcessPoolExecutor(self.count, get_context("spawn"), initializer=stay_with_server)

    def print(self, stated: str) -> Pdf:
        """Print as `documents.press.print_stated`, in another process.

        Where one of them was killed meanwhile, others are hired and this process prints.

        Raises:
            As `documents.press.print_stated`.
        """
        pool = self._pool
        try:
            return pool.submit(print_stated, stated, self.mark).result()
        except BrokenProcessPool:
            with self._lock:
                if self._pool is pool:
                    self._pool = self._hired()
            return print_stated(stated, self.mark)

    def close(self) -> None:
        """Send them home, each when it has done its work."""
        self._pool.shutdown()
