"""Letters as they live: what is kept of them, the register that anyone can check, what is drawn."""
