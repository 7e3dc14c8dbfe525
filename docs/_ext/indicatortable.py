"""The directive that prints the indicators from the place where they are defined."""

import inspect

from datamodel import table_node
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from gxparse.collection import indicators


class Indicators(SphinxDirective):
    """``{indicators}``: every indicator with its formula."""

    def run(self) -> list[nodes.Node]:
        self.env.note_dependency(inspect.getfile(indicators))
        rows = (
            (each.name, each.zh, each.en, each.formula, ", ".join(each.forms))
            for each in indicators.INDICATORS.values()
        )
        return [table_node({"indicator": 30, "指标": 14, "what": 16, "formula": 32, "form": 8}, rows)]


def setup(app: Sphinx) -> dict[str, bool]:
    """Make the directive known."""
    app.add_directive("indicators", Indicators)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
