"""SQLite files through sqlite-utils: records of calls, and FAQ packs."""
