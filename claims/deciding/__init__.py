"""Deciding a claim: what was established, papers asked for, acceptance, refusal."""
