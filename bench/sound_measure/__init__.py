"""The parts of `bench/sound.py`."""
