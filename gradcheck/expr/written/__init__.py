"""What names and formulas look like as they are written, before any name has a shape."""
