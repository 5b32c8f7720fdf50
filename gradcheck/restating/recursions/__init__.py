"""Networks and sequences: what is told of any layer or step, written out for those of an instance."""
