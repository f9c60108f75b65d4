"""The life of policies in the books: what was done with each, sealed, and never altered."""
