"""Why something was marked: message ids for the window's translations, and the English sentence of each."""

from __future__ import annotations

REASONS = {
    "swearword": "a swear word",
    "rude_order": "a rude order at the agent",
    "contempt": "contempt for the agent as a person",
    "family": "contempt for the agent's family or upbringing",
    "harm": "harm announced to a person or the building",
    "come": "an announcement to come, follow or find the agent",
    "expose": "an announcement to expose the agent",
    "power": "a threat with influence or the agent's job",
    "body": "talk about the agent's body, clothes or voice",
    "sexual_demand": "a sexual demand or statement",
    "endless": "an announcement not to stop",
    "demand": "an unreasonable demand",
    "prank": "a call without a matter",
    "suicide": "words of suicide or self-harm",
    "emergency": "somebody else in danger of life",
    "repeated": "the same demand again",
    "insisting": "insisting again and again",
    "long_call": "a very long call",
    "alike": "words like those of sentences that were learnt from",
}
USUAL = {
    "PROFANITY": "swearword",
    "INSULT": "contempt",
    "THREAT": "harm",
    "SEXUAL": "sexual_demand",
    "PERSISTENT": "demand",
    "CRISIS": "suicide",
}


def sentence(about: str, rule: str, label: str) -> str:
    """One short sentence: what was found, and by which rule."""
    return f"{label}: {REASONS[about]} (rule {rule})."
