"""The report as plain data, and one file for each output format."""
