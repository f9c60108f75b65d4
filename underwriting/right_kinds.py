"""The kinds of IP right."""

from enum import StrEnum


class RightKind(StrEnum):
    """What can be pledged, or insured."""

    INVENTION = "invention"
    UTILITY_MODEL = "utility_model"
    DESIGN = "design"
    TRADEMARK = "trademark"
    COPYRIGHT = "copyright"
    IC_LAYOUT = "ic_layout"
    GI = "gi"
