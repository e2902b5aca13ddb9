"""What an engine's environment has beside the phone's. Apart: an engine may be started before the phone is loaded."""

ENVIRONMENT = {
    # A name that slips through to the library's resolver may hold it for two seconds, not for twelve.
    "RES_OPTIONS": "timeout:1 attempts:1",
    # Threads for large matrices: there are none, and starting them takes 0.1 s of both cores.
    "OPENBLAS_NUM_THREADS": "1",
}
