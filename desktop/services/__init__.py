"""Use cases, ports and the event bus; asyncio, no I/O library."""
