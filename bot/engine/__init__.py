"""The dialogue's core, pure: flows, expressions, what to ask next, what the answers mean."""
