"""What is held together: exposures that one event could hit, and the limits on them. Pure."""
