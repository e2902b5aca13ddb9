"""The bar at the top (who, what state, how long) and the lights at the bottom."""
