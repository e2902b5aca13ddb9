"""Trains, measures and packs the small checkpoint that recognises the practice calls."""
