"""Evidence and report of an abusive call."""
