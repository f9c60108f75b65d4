"""Every answer of a sandbox says that it is one."""

from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADER: Final = (b"zhibao-sandbox", b"1")


class Marked:
    """An application whose answers carry `Zhibao-Sandbox: 1`."""

    def __init__(self, inner: ASGIApp) -> None:
        """Wrap an application."""
        self._inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve, with the header put on each answer."""

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), HEADER]
            await send(message)

        await self._inner(scope, receive, marked)
