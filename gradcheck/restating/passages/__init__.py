"""Passages of a document: runs of equations in which names keep their meaning, and parts read as one."""
