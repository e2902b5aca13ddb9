"""Articles as files: what offices hand in, what the desk gives back, and the way from files to a pack."""
