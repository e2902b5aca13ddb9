"""The telephone without media: doorman, engine keeper, call table, local socket, the desk's client. Stdlib only."""
