"""Measurements of the telephone by the other party's clock, beside baresip and linphonec in the same run."""
