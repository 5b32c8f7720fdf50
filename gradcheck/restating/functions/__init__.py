"""Functions and their arguments: written or left out, told by formula, by entries, at points."""
