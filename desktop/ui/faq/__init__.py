"""Answers: search as one types, one suggestion, the answer that is read."""
