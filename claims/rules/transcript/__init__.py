"""The account of a loan, read from a bank's statement and worked out again independently."""
