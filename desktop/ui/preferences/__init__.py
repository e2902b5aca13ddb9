"""Settings, first start and sound check."""
