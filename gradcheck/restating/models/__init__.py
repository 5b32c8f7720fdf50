"""Models of data and their losses: densities, moments, events, noise, and what a loss is taken of."""
