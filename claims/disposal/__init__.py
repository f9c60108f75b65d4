"""Disposal of a pledge: valuation, listing, bids, award, proceeds."""
