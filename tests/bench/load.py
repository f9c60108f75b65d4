"""Ask a server as fast as it answers, over a fixed number of connections that stay open."""

import asyncio
import itertools
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

CONNECTIONS = 16


@dataclass(frozen=True)
class Measured:
    """What a run came to.

    Attributes:
        rate: answers a second, all connections together.
        p50: of the time to an answer, milliseconds.
        p99: likewise.
        failed: answers that were not 2xx.
    """

    rate: float
    p50: float
    p99: float
    failed: int


class Load:
    """A target with a token; every request has a fresh key and a body of its own."""

    def __init__(self, port: int, token: str) -> None:
        self.port, self.token = port, token
        self.keys = itertools.count(1)

    def run(self, path: str, body: Callable[[int], Any], seconds: float) -> Measured:
        """Ask for `seconds`; `body` makes the n-th body."""
        return asyncio.run(self._run(path, body, seconds))

    async def _run(self, path: str, body: Callable[[int], Any], seconds: float) -> Measured:
        start = time.perf_counter()
        ends = start + seconds
        found = await asyncio.gather(*(self._ask(path, body, ends) for _ in range(CONNECTIONS)))
        took = time.perf_counter() - start
        times = sorted(each for times, _ in found for each in times)
        failed = sum(bad for _, bad in found)
        return Measured(
            rate=len(times) / took,
            p50=1e3 * times[len(times) // 2],
            p99=1e3 * times[min(len(times) - 1, int(len(times) * 0.99))],
            failed=failed,
        )

    async def _ask(
        self, path: str, body: Callable[[int], Any], ends: float
    ) -> tuple[list[float], int]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        times, failed = [], 0
        while time.perf_counter() < ends:
            number = next(self.keys)
            content = json.dumps(body(number)).encode()
            head = (
                f"POST {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {self.token}\r\n"
                f"Content-Type: application/json\r\nIdempotency-Key: k{number}\r\n"
                f"Content-Length: {len(content)}\r\n\r\n"
            )
            began = time.perf_counter()
            writer.write(head.encode() + content)
            answer = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            length = next(
                int(line.split(":")[1])
                for line in answer.split("\r\n")
                if line.lower().startswith("content-length")
            )
            await reader.readexactly(length)
            times.append(time.perf_counter() - began)
            failed += not answer.startswith("HTTP/1.1 2")
        writer.close()
        return times, failed
