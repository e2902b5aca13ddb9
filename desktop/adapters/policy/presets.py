"""The policies that ship, by name."""

PRESETS = ("seoul", "ladder110", "ja", "vi", "th", "mn", "en")
DEFAULT_PRESET = "seoul"
