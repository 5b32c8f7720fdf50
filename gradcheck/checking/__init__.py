"""Claims, the evidence for them, and the verdict: one decision for every link of a document."""
