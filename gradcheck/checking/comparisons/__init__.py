"""A link as a claim: what stands on each side, and the comparisons that would make it right."""
