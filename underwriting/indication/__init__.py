"""An indication: a range of price from patent numbers and a loan alone. Not binding. Pure."""
