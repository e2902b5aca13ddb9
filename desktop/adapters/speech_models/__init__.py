"""Speech models on this computer: found, fetched, checked in a process of their own, put in place, removed."""
