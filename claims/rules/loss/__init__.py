"""Methods of loss: what an infringement cost, worked out step by step in exact fractions."""
