"""Loss-sharing schemes as data: one TOML file each, read, checked and never edited once sold.

`load_schemes` reads the files that are shipped here and those of one more folder. A file
that is not complete is refused with its line named; a term that the engine cannot apply
is an error, never ignored.
"""

from underwriting.schemes.library import SchemeText, load_schemes
from underwriting.schemes.parse import parse_scheme

__all__ = ["SchemeText", "load_schemes", "parse_scheme"]
