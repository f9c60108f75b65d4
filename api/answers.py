"""Answers as bytes: canonical JSON, so that a repeated request gets the same ones."""

from typing import Final

from fastapi import Response
from pydantic import BaseModel

from kernel.canonical import canonical_json

JSON: Final = "application/json"
_HEADERS: Final = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


def content_of(answer: BaseModel) -> bytes:
    """Return an answer's bytes."""
    return canonical_json(answer.model_dump(mode="json")).encode()


def respond(
    content: bytes,
    *,
    status: int = 200,
    media_type: str = JSON,
    headers: dict[str, str] | None = None,
) -> Response:
    """Send bytes; nothing between here and the caller keeps or guesses at them."""
    return Response(
        content=content,
        status_code=status,
        media_type=media_type,
        headers={**_HEADERS, **(headers or {})},
    )
