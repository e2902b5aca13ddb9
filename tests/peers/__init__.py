"""Parties that are not ours (baresip, sipp, kamailio) and the tools to drive our own phone beside them."""
