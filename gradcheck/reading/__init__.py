"""Input formats: a file to a Document of headings, prose and equations."""
