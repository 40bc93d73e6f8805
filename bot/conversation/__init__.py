"""The talk around the flows, pure: converse() takes state and message and says what should happen."""
