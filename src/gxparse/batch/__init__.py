"""All reports of a folder as one table, read by all cores, in a run that can be interrupted and gone on with."""

from __future__ import annotations

from gxparse.batch.run import Batch
from gxparse.batch.shards import Tally
from gxparse.batch.targets import FORMATS

__all__ = ["FORMATS", "Batch", "Tally"]
