"""Practice calls: the strip while one runs, and the list of scenarios."""
