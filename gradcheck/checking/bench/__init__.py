"""What the bench answers: whether this is equal to that, where, and by which factor they differ."""
