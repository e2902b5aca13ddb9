"""What `bench/window.py` measures: starts, reactions to keys, long transcripts, idle work, memory, the look."""
