"""Pictures of every situation of the real window, on services in memory: `python3 dev.py pictures`."""
