"""The press: never more under way than it has hands, never more waiting than it says."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Lock
from time import monotonic, sleep
from typing import Any

import pytest

from documents.edition import edition
from documents.press import HANDS, WAITING, Press, print_stated
from documents.printed import printed
from documents.render import Form
from documents.stated import stated
from kernel.errors import NotFound, Unavailable


class Gauge:
    """Work that stays until it is let go, and counts how much of it is under way."""

    def __init__(self) -> None:
        self.go, self.now, self.most, self._lock = Event(), 0, 0, Lock()

    def work(self, n: int) -> int:
        with self._lock:
            self.now += 1
            self.most = max(self.most, self.now)
        self.go.wait(10)
        with self._lock:
            self.now -= 1
        return n


def _until(true: Callable[[], bool]) -> None:
    end = monotonic() + 5
    while not true():
        assert monotonic() < end, "it did not come to pass"
        sleep(0.002)


def _asked(press: Press, gauge: Gauge, n: int) -> int | Unavailable:
    try:
        return press.do(gauge.work, n)
    except Unavailable as refused:
        return refused


@pytest.mark.parametrize(("hands", "waiting"), [(1, 0), (2, 3), (4, 16)])
def test_no_more_than_stated_are_under_way_or_wait(hands: int, waiting: int) -> None:
    press, gauge, many = Press(hands, waiting), Gauge(), hands + waiting + 7
    with ThreadPoolExecutor(many) as callers:
        asked = [callers.submit(_asked, press, gauge, n) for n in range(many)]
        _until(lambda: sum(one.done() for one in asked) == 7 and gauge.now == hands)
        gauge.go.set()
        told = [one.result() for one in asked]
    refused = [one for one in told if isinstance(one, Unavailable)]
    assert (len(refused), gauge.most) == (7, hands)
    assert len({one for one in told if isinstance(one, int)}) == hands + waiting
    assert {one.code for one in refused} == {"press-busy"}
    assert refused[0].faults[0].cure == "ask again in a second"


def test_there_is_room_again_when_work_is_done_or_fails() -> None:
    press = Press(1, 0)

    def fails() -> None:
        raise ZeroDivisionError

    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            press.do(fails)
    assert press.do(divmod, 7, 2) == (3, 1)


def test_work_on_all_hands_is_done_at_once() -> None:
    meeting = Barrier(3, timeout=5)
    with ThreadPoolExecutor(3) as callers:
        press = Press(3, 0)
        assert sorted(callers.map(lambda _: press.do(meeting.wait), range(3))) == [0, 1, 2]


def test_a_hundred_readers_at_once_are_served_or_told(quote: Form) -> None:
    """More than the press takes: each gets the whole paper or the word to come again."""
    press, said, right = Press(2, 10), stated(quote), printed(quote).sha256

    def reader(_: int) -> str:
        try:
            return press.print(said).sha256
        except Unavailable as refused:
            return refused.code

    with ThreadPoolExecutor(100) as readers:
        told = list(readers.map(reader, range(100)))
    assert set(told) == {right, "press-busy"}
    assert told.count(right) >= 12


def test_what_was_stated_is_printed(good_forms: dict[str, Any]) -> None:
    press = Press()
    for form in good_forms.values():
        assert press.print(stated(form)) == printed(form)


def test_somebody_else_may_print(quote: Form) -> None:
    seen = []

    def printer(text: str) -> Any:
        seen.append(text)
        return print_stated(text)

    assert Press(printer=printer).print(stated(quote)) == printed(quote)
    assert seen == [stated(quote)]


def test_a_form_nobody_knows_is_not_printed() -> None:
    with pytest.raises(NotFound) as refused:
        Press().print('{"edition":1,"form":{},"kind":"gone"}')
    assert refused.value.code == "no-such-form"


def test_the_press_names_its_limits_and_its_edition() -> None:
    press = Press()
    assert (press.hands, press.waiting, press.edition) == (HANDS, WAITING, edition())
    assert len(edition()) == 16
    for hands, waiting in ((0, 1), (1, -1)):
        with pytest.raises(AssertionError):
            Press(hands, waiting)
