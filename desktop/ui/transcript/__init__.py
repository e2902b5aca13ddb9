"""The live transcript: segments, what is being said now, find and mark."""
