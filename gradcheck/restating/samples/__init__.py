"""One sample and all of them: the indices, sums and means over examples that people leave out."""
