"""The press: printing and signing, so many at a time and so many waiting, and no more.

A paper is some tens of milliseconds of one processor. Whoever would wait long is told so at once,
and the rest of the house goes on.
"""

from collections.abc import Callable
from threading import BoundedSemaphore, Semaphore
from typing import Final, ParamSpec, TypeVar

from documents.edition import edition
from documents.printed import printed
from documents.render import Pdf
from documents.stated import read_stated
from kernel.errors import Fault, Unavailable

P = ParamSpec("P")
T = TypeVar("T")

HANDS: Final = 2
"""Jobs under way at once, unless said otherwise."""
WAITING: Final = 30
"""Jobs that wait for a hand; at 0.1 s a job and two hands the last waits 1.5 s."""
_BUSY: Final = Fault("press", "prints and signs as much as it can", "ask again in a second")


def print_stated(text: str, mark: str = "") -> Pdf:
    """Print what `documents.stated.stated` wrote: the whole job, fit to be done elsewhere.

    `mark` stands on every page.

    Raises:
        NotFound: `no-such-form`.
    """
    return printed(read_stated(text), mark=mark)


class Press:
    """A few hands and a short queue before them.

    Attributes:
        hands: jobs under way at once.
        waiting: jobs that may wait besides.
        edition: of the house that prints.
    """

    def __init__(
        self,
        hands: int = HANDS,
        waiting: int = WAITING,
        *,
        printer: Callable[[str], Pdf] = print_stated,
    ) -> None:
        """Open the press.

        Args:
            hands: jobs under way at once, 1 or more.
            waiting: jobs that may wait besides, 0 or more.
            printer: who prints, such as another process; the caller's own thread by itself.
        """
        assert hands > 0, "a press without hands"
        assert waiting >= 0, "fewer than none wait"
        self.hands, self.waiting, self.edition = hands, waiting, edition()
        self._printer = printer
        self._places, self._hands = BoundedSemaphore(hands + waiting), Semaphore(hands)

    def print(self, stated: str) -> Pdf:
        """Print what was stated.

        Raises:
            Unavailable: `press-busy`.
            NotFound: `no-such-form`.
        """
        return self.do(self._printer, stated)

    def do(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do any work of the press, such as signing, and return what it returns.

        The caller's thread does it, or waits for a hand to be free.

        Raises:
            Unavailable: `press-busy`: as many are under way and waiting as may be.
        """
        if not self._places.acquire(blocking=False):
            raise Unavailable("press-busy", _BUSY)
        try:
            with self._hands:
                return work(*args, **kwargs)
        finally:
            self._places.release()
