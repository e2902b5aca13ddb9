"""The agent's protection in the window: procedure, crisis, hints and what the red button leads to."""
