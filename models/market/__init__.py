"""A synthetic market whose law is known, to prove that each estimator finds the truth."""

from models.market.law import load_law
from models.market.market import Market, make_market
from models.market.write import read_truth, write_market

__all__ = ["Market", "load_law", "make_market", "read_truth", "write_market"]
