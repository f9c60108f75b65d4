"""Time stamps of RFC 3161: a service says that the signature was there at that instant."""

from collections.abc import Coroutine
from functools import cache
from typing import Any, Final, TypeVar

from asn1crypto import cms  # type: ignore[import-untyped]  # it ships no hints
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.sign.timestamps.requests_client import RequestsHTTPTimeStamper

from documents.sealing.loops import finished
from kernel.errors import Fault, Unavailable

T = TypeVar("T")
PATIENCE: Final = 5
"""Seconds that a stamp service has to answer."""

_MALFORMED: Final = (AttributeError, KeyError, TypeError, ValueError)
"""What pyHanko lets through when an answer is no stamp, or carries another nonce."""


class Stamper(RequestsHTTPTimeStamper):
    """Asks one service for stamps, and takes none that is not of what was sent."""

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """Return the stamp of a digest; `TimestampRequestError` when it is of something else."""
        try:
            stamp = await super().async_timestamp(message_digest, md_algorithm)
            content = stamp["content"]["encap_content_info"]["content"].parsed
            of = content["message_imprint"]["hashed_message"].native
        except _MALFORMED as fault:
            raise TimestampRequestError("what the service sent is no time stamp") from fault
        if of != message_digest:
            raise TimestampRequestError("the stamp is of something else")
        return stamp


@cache
def stamper_at(url: str) -> Stamper:
    """Return the one stamper of a service: it remembers how long the service's stamps are."""
    return Stamper(url, timeout=PATIENCE)  # type: ignore[no-untyped-call]  # theirs


def with_stamp(work: Coroutine[Any, Any, T]) -> T:
    """Finish work that may ask for a stamp; `Unavailable` in words when it gets none."""
    try:
        return finished(work)
    except TimestampRequestError as fault:
        cure = "try again, or sign without a service by leaving its address out"
        problem = f"gave no time stamp ({fault})"
        raise Unavailable("timestamp-unavailable", Fault("timestamp_url", problem, cure)) from fault
