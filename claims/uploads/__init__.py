"""Papers that come in with a claim: taken in, hashed, ticked on the list."""
