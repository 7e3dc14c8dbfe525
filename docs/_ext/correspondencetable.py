"""The directive ``{correspondences}``: which cells of the two forms are compared, from the table in the code."""

import inspect
from collections.abc import Iterator, Sequence

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from gxparse.comparison import quantities


class Correspondences(SphinxDirective):
    """``{correspondences}``: an item for each entry."""

    def run(self) -> list[nodes.Node]:
        self.env.note_dependency(inspect.getfile(quantities))
        return [nodes.bullet_list("", *map(_item, quantities.CORRESPONDENCES))]


def _item(entry: quantities.Correspondence) -> nodes.list_item:
    """The cells of both forms, and why they are compared or not."""
    said = "compared" if entry.is_same else "not comparable"
    head = nodes.paragraph("", "", nodes.strong("", said), nodes.Text(": form 2019 "), *_paths(entry.form_2019))
    if entry.form_2021:
        head += [nodes.Text(" · form 2021 "), *_paths(entry.form_2021)]
    reason = nodes.paragraph("", f"{entry.reason_en[0].upper()}{entry.reason_en[1:]}. {entry.reason_zh}。")
    return nodes.list_item("", head, reason)


def _paths(paths: Sequence[str]) -> Iterator[nodes.Node]:
    for place, path in enumerate(paths):
        if place:
            yield nodes.Text(", ")
        yield nodes.literal(path, path)


def setup(app: Sphinx) -> dict[str, bool]:
    """Make the directive known."""
    app.add_directive("correspondences", Correspondences)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
