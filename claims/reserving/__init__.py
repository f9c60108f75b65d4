"""Case reserves by line, beside the modelled figure, under authority."""
