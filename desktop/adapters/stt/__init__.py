"""Speech to text: voice activity, segmentation, the Whisper engine, the client of the speech process."""
