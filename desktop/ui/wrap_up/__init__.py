"""The write-up after a call: category, result, key lines."""
