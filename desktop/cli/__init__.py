"""The command line: one module per command, what it takes and what it prints."""
