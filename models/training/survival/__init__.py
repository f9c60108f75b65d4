"""Hazard fits from a user's own table: delayed entry, right censoring, forms judged out of time."""
