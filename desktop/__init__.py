"""Dasan Desk: the desk of a city's telephone information service."""

__version__ = "0.1.0"
