"""How closely a policy is watched."""

from enum import StrEnum


class Level(StrEnum):
    """Mildest first."""

    GREEN = "green"
    WATCH = "watch"
    ALERT = "alert"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """Its place, mildest nought."""
        return list(Level).index(self)


def gravest(*levels: Level) -> Level:
    """Return the gravest; green of none.

    >>> gravest(Level.WATCH, Level.ALERT), gravest()
    (<Level.ALERT: 'alert'>, <Level.GREEN: 'green'>)
    """
    return max(levels, key=lambda level: level.rank, default=Level.GREEN)
