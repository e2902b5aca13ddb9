"""Call audio: the device port, the devices behind it, ring buffers, tones, levels and audio files."""
