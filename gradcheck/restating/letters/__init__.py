"""Letters that mean another thing than they mostly do, and names given to parts of formulas on the way."""
