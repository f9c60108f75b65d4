"""Taking in a notice: what it is checked against, and what is opened with it."""
