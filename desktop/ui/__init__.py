"""The window: theme, widgets and one folder per panel; knows services and domain alone."""
