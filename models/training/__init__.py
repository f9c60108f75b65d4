"""Where fits are made, offline: lifelines, pandas and scikit-learn stay in here.

What leaves is a frozen fit; serving reads it and never imports this folder.
"""
