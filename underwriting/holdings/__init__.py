"""What the house holds, as rows: exposures by key, what it keeps, and its own means."""
