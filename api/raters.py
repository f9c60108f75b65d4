"""Processes that price, so that one price does not stand in the way of every other request.

A price is some milliseconds of arithmetic, and one Python process does one of them at a time,
whatever its threads. So `zhibao serve` keeps some processes beside itself. Each reads the database
over a connection of its own and drafts quotes; none of them writes.
"""

from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from threading import Lock

from api.rater import Asked, answer, opened
from kernel.desk import Desk
from kernel.settings import Settings
from underwriting.product import Risk
from underwriting.quote import Draft


class Raters:
    """A few processes that draft quotes; `count` is how many."""

    def __init__(self, settings: Settings, count: int) -> None:
        """Hire them; they load what a price needs while the caller goes on."""
        assert count > 0, "nobody prices"
        self.count, self._settings = count, settings
        self._lock, self._pool = Lock(), self._hired()

    def _hired(self) -> ProcessPoolExecutor:
        # spawned: nothing of the server's connections and locks is in them
        pool = ProcessPoolExecutor(
            self.count, get_context("spawn"), initializer=opened, initargs=(self._settings,)
        )
        for _ in range(self.count):  # a process is started for each question that waits
            pool.submit(answer, None)
        return pool

    def draft(self, client_id: str, risk: Risk, *, desk: Desk) -> Draft | None:
        """Return what `underwriting.quote.draft` returns, made in another process.

        None where one of them was killed meanwhile: others are hired, and the caller does this
        piece of work itself.

        Raises:
            As `underwriting.quote.draft`.
        """
        stated = risk.model_dump_json()
        asked = Asked(client_id, risk.product, stated, desk.at, desk.actor, desk.authority)
        pool = self._pool
        try:
            return pool.submit(answer, asked).result()
        except BrokenProcessPool:
            self._replace(pool)
            return None

    def _replace(self, broken: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._pool is broken:
                self._pool = self._hired()

    def close(self) -> None:
        """Send them home, each when it has done its work."""
        self._pool.shutdown()
