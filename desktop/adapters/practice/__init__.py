"""The simulated citizen: scenarios, the course of a call, and what stands in for microphone and ear."""
