"""What is remembered after issue: loan events, consents, breaches, and what was noted of rights."""
