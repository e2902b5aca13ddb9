"""The lexicon of abuse and crisis as files: what comes with the program and what a site adds."""
