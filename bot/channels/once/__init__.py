"""Commands that answer once and end: run, search, entries, flows, check, guard. No dialogue, no store, no clock.

Each is a function from plain values and streams to an exit code. What is printed for programs is contracts.md's, key
by key; what is said to people comes from the words. Files come in as bytes, so that no locale has a say in them.
"""
