"""The open door under load: files that come slowly, too many at once, and who asks for whom."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from api import public
from api.cli.serve import believing
from api.door import DEPTH, PLACES, TESTING, Door, household
from api.public import MAX_FILE, READING_SECONDS, file_sent
from kernel.errors import Invalid, Unavailable
from kernel.settings import Settings

PROXY, CLIENT = "10.0.0.2", "192.0.2.1"


def _request(door: Door, receive: Any, **headers: str) -> Request:
    app = FastAPI()
    app.state.door = door
    sent = [(name.replace("_", "-").encode(), text.encode()) for name, text in headers.items()]
    scope = {"type": "http", "method": "POST", "path": "/verify", "headers": sent, "app": app}
    return Request(scope, receive)


def _coming(*parts: bytes) -> Any:
    """Receive these parts, then nothing more for ever."""
    left: Iterator[bytes] = iter(parts)

    async def receive() -> dict[str, Any]:
        part = next(left, None)
        if part is None:
            await asyncio.sleep(60)
        return {"type": "http.request", "body": part, "more_body": True}

    return receive


async def _never() -> dict[str, Any]:
    raise AssertionError("nothing of it is read")


def test_a_file_that_comes_too_slowly_is_not_waited_for(monkeypatch: Any) -> None:
    assert READING_SECONDS == 30
    monkeypatch.setattr(public, "READING_SECONDS", 0.05)
    door = Door()
    for _ in range(PLACES + 1):  # each gives its place back
        with pytest.raises(Invalid, match="body-too-slow"):
            asyncio.run(file_sent(_request(door, _coming(b"%PDF"))))


def test_a_file_is_refused_by_the_length_that_it_claims_or_has() -> None:
    assert MAX_FILE == 5_000_000
    claims = _request(Door(), _never, content_length=str(MAX_FILE + 1))
    with pytest.raises(Invalid, match="body-too-long"):
        asyncio.run(file_sent(claims))
    lies = _request(Door(), _coming(bytes(MAX_FILE), b"1"), content_length="1")
    with pytest.raises(Invalid, match="body-too-long"):
        asyncio.run(file_sent(lies))


def test_a_place_is_taken_before_anything_is_read() -> None:
    door = Door()
    with ExitStack() as taken:
        for _ in range(PLACES):
            taken.enter_context(door.place())
        with pytest.raises(Unavailable, match="door-busy"):
            asyncio.run(file_sent(_request(door, _never)))

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"%PDF", "more_body": False}

    assert asyncio.run(file_sent(_request(door, receive))) == b"%PDF"


def test_one_address_however_slow_leaves_places_for_others() -> None:
    clock = [0.0]
    door = Door(lambda: clock[0])
    came = 0
    for second in range(int(READING_SECONDS)):
        clock[0] = float(second)
        while not door.wait(CLIENT, TESTING):
            came += 1
    assert int(DEPTH) // TESTING <= came < PLACES


def test_mapped_addresses_are_each_a_client_of_its_own() -> None:
    assert household("::ffff:192.0.2.1") == household("192.0.2.1") == "192.0.2.1"
    assert household("::ffff:192.0.2.2") != household("::ffff:192.0.2.1")
    door = Door(lambda: 0.0)
    assert door.wait("::ffff:192.0.2.1", int(DEPTH)) == 0
    assert door.wait("192.0.2.1", 1) > 0
    assert door.wait("::ffff:192.0.2.2", 1) == 0


def _seen(settings: Settings, caller: str, forwarded: str) -> str:
    """Who asks, as the application sees it behind uvicorn."""
    app = FastAPI()
    app.get("/who")(_who)
    config = uvicorn.Config(app, log_config=None, **believing(settings))
    config.load()
    client = TestClient(config.loaded_app, client=(caller, 1))
    found: str = client.get("/who", headers={"X-Forwarded-For": forwarded}).json()
    return found


def _who(request: Request) -> str:
    assert request.client is not None
    return request.client.host


@pytest.mark.parametrize("caller", ["127.0.0.1", "::1", PROXY])
def test_without_a_proxy_nobody_is_believed(caller: str, monkeypatch: Any) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")
    assert _seen(Settings(), caller, CLIENT) == caller


def test_only_the_named_proxy_says_for_whom_it_asks() -> None:
    settings = Settings.from_environment({"ZHIBAO_PROXIES": PROXY})
    assert _seen(settings, PROXY, CLIENT) == CLIENT
    assert _seen(settings, PROXY, f"1.2.3.4, {CLIENT}") == CLIENT
    assert _seen(settings, "127.0.0.1", CLIENT) == "127.0.0.1"
