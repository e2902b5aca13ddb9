"""The outside world behind the ports of `services`: one package per third-party library."""
