"""Our own small language for conditions and scores: read once, typed, never `eval` (semantics §2)."""
