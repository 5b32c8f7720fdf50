"""Marks for a class: what a rubric asks, what a submission earns, what a class has not understood.

Checking and marking are apart: a submission is checked once, what was found is kept as plain data, and marks
are computed from that alone. So a rubric can change, or a person decide, and nothing is checked again.
"""
