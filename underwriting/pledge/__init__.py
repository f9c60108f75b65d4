"""A borrower and the rights it pledges: what is stated of them, and the laws they follow. Pure."""
