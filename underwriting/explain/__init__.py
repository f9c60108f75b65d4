"""Answers about a price: what changed it, what would pass, who pays what. Pure."""
