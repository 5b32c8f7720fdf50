"""Expressions as LaTeX and as plain text, in the author's own symbols."""
