"""Grounds on which a letter is not issued, by what they look at. Pure."""
