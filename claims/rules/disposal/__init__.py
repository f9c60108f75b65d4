"""Rules of recovery: who is repaid in which order, lots and auctions, recourse. Pure."""
