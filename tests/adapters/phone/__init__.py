"""Tests of the telephone without media."""
