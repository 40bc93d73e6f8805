"""What all tests share: how long property tests look. `BANSOU_FUZZ=long` makes them long and random (`make fuzz`)."""

import os

from hypothesis import settings

settings.register_profile("ci", derandomize=True, deadline=None, max_examples=60)
settings.register_profile("long", deadline=None, max_examples=2000)
settings.load_profile("long" if os.environ.get("BANSOU_FUZZ") == "long" else "ci")
