"""Many reports together: tables, series over the years, indicators, sums, and who has not filed."""

from gxparse.collection.addition import Reason, Share
from gxparse.collection.aggregation import Aggregate, LeftOut, aggregate
from gxparse.collection.filing import Entry, Filing, missing
from gxparse.collection.frame import to_frame
from gxparse.collection.indicators import INDICATORS, Indicator, Ratio
from gxparse.collection.series import Double, Gap, Series, series

__all__ = [
    "INDICATORS",
    "Aggregate",
    "Double",
    "Entry",
    "Filing",
    "Gap",
    "Indicator",
    "LeftOut",
    "Ratio",
    "Reason",
    "Series",
    "Share",
    "aggregate",
    "missing",
    "series",
    "to_frame",
]
