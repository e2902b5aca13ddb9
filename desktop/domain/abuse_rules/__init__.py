"""The parts of the detection of abuse and crisis: text, frames, lexicon, contexts, the memory of a call."""
