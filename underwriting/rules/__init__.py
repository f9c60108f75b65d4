"""Rules of underwriting, pure: appetite, and the contract that binding freezes."""
