"""The printed report of an incident."""
