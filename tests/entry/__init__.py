"""The entry for people who work on the project."""
