"""Shaped expressions, how they are made, and the readings of a formula that they are."""
