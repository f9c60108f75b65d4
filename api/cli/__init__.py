"""The command line: JSON in, JSON out, the same acts without HTTP."""
