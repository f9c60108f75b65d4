"""Words that every house speaks: money, time, sharing, journal, refusals.

Knows no business and imports nothing of ours. Only `kernel.db` touches a database.
"""
