"""Shapes that no declaration gives: what equations tell of them, and habits of writing."""
