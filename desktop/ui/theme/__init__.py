"""Colours, distances, type and icons: nothing else names a colour or a size."""
