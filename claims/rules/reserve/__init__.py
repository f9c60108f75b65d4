"""Reserves by line: what is set aside of a claim, case and modelled side by side."""
