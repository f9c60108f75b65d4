"""What a record itself says against a pledge: the right has ended, or the facts are old."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from kernel.finding import Effect, Finding
from underwriting.providers.record import RightRecord

FRESH_DAYS: Final = 30
"""A record older than this is said to be old: fees and pledges move within weeks."""

_DEAD: Final = {
    "lapsed": "已终止", "expired": "已届满", "invalidated": "已被宣告无效", "withdrawn": "已撤回",
}  # fmt: skip
_REGISTER: Final = "registration rules; Civil Code art. 444"


def record_findings(record: RightRecord, on: date) -> Iterator[Finding]:
    """Yield what the record says of itself, on a day not before it was taken."""
    name, status = record.number, record.status
    if status in _DEAD:
        yield Finding(
            "right-ended", Effect.DECLINE,
            f"{name} is {status} by {record.source} of {record.as_of}",
            f"{name} {_DEAD[status]}（{record.source}，{record.as_of}）",
            _REGISTER, "have it restored where the law allows, or pledge another right",
        )  # fmt: skip
    if status == "pending":
        yield Finding(
            "not-granted", Effect.DECLINE,
            f"{name} is not granted by {record.source} of {record.as_of}",
            f"{name} 尚未授权（{record.source}，{record.as_of}）",
            _REGISTER, "pledge a granted right",
        )  # fmt: skip
    age = (on - record.as_of).days
    if age > FRESH_DAYS:
        yield Finding(
            "record-old", Effect.INFORM,
            f"what is known of {name} was taken {age} days ago, on {record.as_of}",
            f"{name} 的登记信息取自 {record.as_of}，距今 {age} 天",
            f"providers: at most {FRESH_DAYS} days", "take the record again before binding",
        )  # fmt: skip
