"""Recording of calls in the desk: both voices from the engine's tap, side by side into a sealed file."""
