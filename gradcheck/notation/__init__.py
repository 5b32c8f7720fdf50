"""LaTeX and plain mathematics to a syntax tree as written, with spans."""
