"""What `bench/stt.py` measures, part by part."""
