"""Statistical risk models: pure functions of (fit, features). Floats only; no money, no rows.

The word *model* means one thing here. Database classes are rows and live in `tables.py`;
what was trained is a fit. Until a fit serves a purpose, the published priors do.
"""
