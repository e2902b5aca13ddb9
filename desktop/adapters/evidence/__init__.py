"""Evidence on disk: keys, sealed texts and files, what is checked and what is handed out."""
