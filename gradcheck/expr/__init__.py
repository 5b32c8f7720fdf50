"""What formulas mean: names as they are written, the shapes they must have, and the expressions they are."""
