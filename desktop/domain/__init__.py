"""Pure data and rules of the desk; standard library only."""
