"""`zhibao fit`: make a fit from a user's own table."""

from models.training.progress import Tell

__all__ = ["Tell"]
