"""Waiting for a library that only speaks asyncio, from code that does not."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def finished(work: Coroutine[Any, Any, T]) -> T:
    """Return what `work` comes to; also on a thread whose own loop is running.

    >>> async def three() -> int:
    ...     return 3
    >>> finished(three())
    3
    """
    if not _looping():
        return asyncio.run(work)
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(asyncio.run, work).result()


def _looping() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
