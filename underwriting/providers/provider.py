"""What every source of patent facts can be asked."""

from datetime import date
from typing import Protocol

from underwriting.providers.record import RightRecord


class PatentProvider(Protocol):
    """A source of bibliography and legal status: a file, or a paid service behind the same face."""

    @property
    def source(self) -> str:
        """Name of the source, for people."""

    def right(
        self, number: str, office: str = "CN", *, on: date | None = None
    ) -> RightRecord | None:
        """Return what the source knew on `on` (today's knowledge without it); None if nothing.

        Args:
            number: in any of its usual writings.
            office: two letters.
            on: a later version of the record is not looked at.
        """
