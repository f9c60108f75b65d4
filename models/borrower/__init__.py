"""Borrower default: from a score to a calibrated probability, a curve by month, and its reasons."""
