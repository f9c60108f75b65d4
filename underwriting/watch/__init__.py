"""What happens after issue and what it does to cover: the loan, its consents, the collateral."""
