"""What a document leaves to its reader, written out: statements in, statements out, nothing given a meaning.

Two stages. `in_full` is what reports show too; `restated` is what is judged after it. A module is one habit
of writing, and its function takes statements with the numbers and spans of what was written. The rooms are
what such habits are about: passages, sayings, derivatives, functions, models, recursions, samples, letters.
"""
