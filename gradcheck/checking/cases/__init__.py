"""A case under its hypotheses: tried, screened, the best one judged; and what its judgements show."""
