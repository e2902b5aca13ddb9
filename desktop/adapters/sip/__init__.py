"""The engine: pjsua2 on one thread behind the doorman, call audio through a device port, both legs on the tap."""
