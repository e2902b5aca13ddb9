"""The wire between the engine and the speech process: both legs' audio, never through the desk."""
