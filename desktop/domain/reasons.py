"""Why a person did something, in their own words: one line that is kept."""

LONGEST_REASON = 200


def reason_line(words: str) -> str:
    """`words` as one line of at most `LONGEST_REASON` letters, "" where nothing was said."""
    return " ".join(words.split())[:LONGEST_REASON]


def given_reason(words: str, what: str) -> str:
    """The same where a reason must be given: `what` (a sentence's beginning) says for what. Raises ValueError."""
    line = reason_line(words)
    if not line:
        raise ValueError(f"{what} needs a reason")
    return line
