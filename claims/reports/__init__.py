"""Pools as live objects, and the statements and reports that leave the house."""
