"""A whole tape of losses shared in turn, what each party pays counting against its caps."""
