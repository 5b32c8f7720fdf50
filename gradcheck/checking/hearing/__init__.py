"""What a document tells and shows of its names and lines, before any line is judged."""
