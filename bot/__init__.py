"""Bansō (伴走). Read in this order: engine, conversation, turn, channels; see design.md in docs/."""
