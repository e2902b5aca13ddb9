"""Calls of today, of a number, and one call read again."""
