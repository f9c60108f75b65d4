"""Reserves from run-off triangles, offline, through the package `chainladder`."""

from models.training.reserving.reserve import reserve
from models.training.reserving.triangle import Triangle, triangle
from models.training.reserving.values import CohortReserve, Method, Reserve

__all__ = ["CohortReserve", "Method", "Reserve", "Triangle", "reserve", "triangle"]
