"""All commands and all keys: one overlay over the stage, found by words, by initial consonants, by key."""
