"""How Hypothesis runs: as much as a quick test bears, or as much as is asked for."""

from __future__ import annotations

import os

from hypothesis import settings

# The first report that needs the words of the form builds the grammars, which takes longer than any other by far.
settings.register_profile("quick", deadline=None)
settings.register_profile("deep", deadline=None, max_examples=int(os.environ.get("GXPARSE_EXAMPLES", "1000")))
settings.load_profile(os.environ.get("GXPARSE_PROFILE", "quick"))
