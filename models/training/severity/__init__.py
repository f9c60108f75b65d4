"""Fitting of severities: limits, deductibles, bins, tails, and loss with its cost."""
