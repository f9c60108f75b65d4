"""What every database row shares: opaque id, instant of creation, version, column types.

    class QuoteRow(Row, table=True):        # table "quote"; UPDATE checks `version`
        premium_minor: int = Field(sa_type=Minor)
        terms: dict[str, Any] = Field(sa_type=FrozenJson)
        valid_to: date

    QuoteRow(id=new_id("qt"), created_at=now, premium_minor=1, terms={}, valid_to=day)

`Record` is the same without `version`, for what is never changed; `Line` has neither and
names its own key. All types behave alike on SQLite and PostgreSQL. Rows are not validated:
acts write values already checked.
"""

import base64
import json
import re
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import BigInteger, Dialect, MetaData, Table, Text
from sqlalchemy.orm import declared_attr, registry
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

from kernel.canonical import canonical_json

Minor = BigInteger
"""Column type of an amount in minor units of a currency."""

NAMES: Final = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)
"""The tables of all houses, and how their keys are named."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_PREFIX: Final = re.compile(r"[a-z]{2,4}")


class UtcInstant(TypeDecorator[datetime]):
    """An aware instant, kept as whole microseconds since 1970 in UTC; a naive one is refused."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Turn an aware datetime into microseconds."""
        del dialect
        return None if value is None else to_microseconds(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Turn microseconds into an aware datetime in UTC."""
        del dialect
        return None if value is None else _EPOCH + value * _MICROSECOND


class FrozenJson(TypeDecorator[Any]):
    """A JSON value kept as canonical text; to change it, assign a new value."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        """Write the value canonically; None is the JSON `null`."""
        del dialect
        return canonical_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Read the value back."""
        del dialect
        return None if value is None else json.loads(value)


def to_microseconds(instant: datetime) -> int:
    """Return whole microseconds from 1970-01-01T00:00Z to an aware instant.

    >>> to_microseconds(datetime(1970, 1, 1, 0, 0, 1, 5, tzinfo=UTC))
    1000005
    """
    assert instant.tzinfo is not None, "an instant without a time zone is no instant"
    return (instant - _EPOCH) // _MICROSECOND


def new_id(prefix: str) -> str:
    """Return a fresh opaque id: prefix of 2 to 4 letters, `_`, 26 base32 letters (128 bits).

    >>> len(new_id("qt")), new_id("qt")[:3]
    (29, 'qt_')
    """
    assert _PREFIX.fullmatch(prefix), f"{prefix!r} is no prefix of an id"
    return f"{prefix}_{base64.b32encode(secrets.token_bytes(16)).decode().rstrip('=').lower()}"


class Line(SQLModel, registry=registry(metadata=NAMES)):
    """A row with a key of its own making; every other kind is one of these."""

    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805 - a declared attribute sees the class
        """`LetterDrawRow` is kept in table `letter_draw`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__.removesuffix("Row")).lower()


class Record(Line):
    """A row that is written once.

    Attributes:
        id: opaque and unguessable, from `new_id`.
        created_at: the act's one reading of the clock, aware, UTC.
    """

    id: str = Field(primary_key=True)
    created_at: datetime = Field(sa_type=UtcInstant)


class Row(Record):
    """A row that may change; whoever writes over a newer version gets `StaleDataError`.

    Attributes:
        version: 1 when written, one more with each change; kept by the session.
    """

    version: int = 1

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - as above
        """Let the session check and raise `version` in every UPDATE."""
        table: Table = cls.__table__  # type: ignore[attr-defined] # set by the mapper just before
        return {"version_id_col": table.c.version}
