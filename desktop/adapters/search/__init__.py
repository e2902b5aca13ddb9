"""Offline search over an answer pack: grams, postings, ranking, suggestions."""
