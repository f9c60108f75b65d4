"""Levels of underwriting authority, lowest first."""

from typing import Final

LEVELS: Final = ("clerk", "underwriter", "senior", "chief")
"""Who may decide how much is in `authority.toml`."""
