"""Counsel, budgets, consents and reservations in a matter that is fought."""
