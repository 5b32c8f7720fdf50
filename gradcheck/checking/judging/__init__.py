"""The judge and what it weighs: accusations, conventions, numbers, trust, what follows from what."""
