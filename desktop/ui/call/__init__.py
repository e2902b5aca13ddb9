"""The phone: call card, notes and red button, the left column that never moves."""
