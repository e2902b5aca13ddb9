"""A centre's policy: read from TOML with all errors at once, presets, and the voices that speak its texts."""
