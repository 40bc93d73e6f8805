"""`python -m bot` is `bansou`."""

import sys

from bot.cli import main

sys.exit(main())
