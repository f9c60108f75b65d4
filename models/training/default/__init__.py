"""Training of borrower-default fits on a user's own loan tape; offline."""
