"""Where people are: each channel turns its own protocol into messages and replies back. The only place for `async`."""
