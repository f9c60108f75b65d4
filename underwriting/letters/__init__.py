"""Letters of guarantee: terms, number, what refuses their issue, moves and use. Pure."""
