"""Worked cases that run: read from `docs/casebook`, walked through the real acts, compared."""
