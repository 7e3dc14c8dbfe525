"""Directives whose tables come from the library itself, so that the pages cannot fall behind it."""

import inspect
from collections.abc import Iterable, Iterator, Mapping, Sequence

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from gxparse import catalogue, records


def forms_of(table: str) -> dict[tuple[str, ...], list[records.Form]]:
    """Each cell of a table as path, label of the column, type and unit, with the forms that have it."""
    found: dict[tuple[str, ...], list[records.Form]] = {}
    for form in records.Form:
        record = getattr(records.Report.blank(form), table)
        for path, _, column in records.walk(record, table):
            unit = column.metadata.get("unit") or ("as printed" if column.metadata["type"] is not int else "")
            cell = (path, column.metadata["label"], column.metadata["type"].__name__, unit)
            found.setdefault(cell, []).append(form)
    return found


def order_of(record: type, path: str) -> Iterator[str]:
    """The paths of both forms, in the order of the fields."""
    for attribute in records.fields_of(record):
        below = f"{path}.{attribute.name}"
        rows = records.row_classes(record).get(attribute.name)
        if rows is None:
            yield below
        else:
            for row in rows:
                yield from order_of(row, below)


def cells_of(table: str) -> Iterator[tuple[str, ...]]:
    """Each cell of a table: its path, the labels of its row and column, its type, its unit and its forms."""
    record = type(getattr(records.Report(), table))
    order = {path: place for place, path in enumerate(order_of(record, table))}
    for cell, forms in sorted(forms_of(table).items(), key=lambda item: order[item[0][0]]):
        path, column, kind, unit = cell
        rows = records.labels_of(record, path)[:-1]
        yield path, " · ".join((*rows, column)), kind, unit, ", ".join(forms)


def table_node(head: Mapping[str, int], rows: Iterable[Sequence[str]]) -> nodes.table:
    """A table of plain text whose first column is code; each head is given with the width of its column."""

    def row_node(texts: Sequence[str], *, code: bool) -> nodes.row:
        row = nodes.row()
        for place, text in enumerate(texts):
            content = nodes.literal(text, text) if code and place == 0 else nodes.Text(text)
            row += nodes.entry("", nodes.paragraph("", "", content))
        return row

    group = nodes.tgroup(cols=len(head))
    group += [nodes.colspec(colwidth=width) for width in head.values()]
    group += nodes.thead("", row_node(list(head), code=False))
    group += nodes.tbody("", *(row_node(row, code=True) for row in rows))
    return nodes.table("", group, classes=["colwidths-given", "spread"])


class Cells(SphinxDirective):
    """``{cells} requests``: every cell of one of the three tables, in both forms."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        self.env.note_dependency(inspect.getfile(records))
        widths = {"path": 45, "label": 28, "type": 12, "unit": 7, "form": 8}
        return [table_node(widths, cells_of(self.arguments[0]))]


class Catalogue(SphinxDirective):
    """``{catalogue}``: every code of a finding, with what it means and where it comes from."""

    def run(self) -> list[nodes.Node]:
        self.env.note_dependency(inspect.getfile(catalogue))
        rows = (
            (
                kind.code,
                f"{kind.severity}{f' (form {kind.form})' if kind.form else ''}",
                f"{kind.title_en}. {kind.meaning_en}",
                f"{kind.title_zh}。{kind.meaning_zh}",
                kind.source,
            )
            for kind in catalogue.CATALOGUE.values()
        )
        return [table_node({"code": 9, "severity": 10, "what": 34, "含义": 30, "source": 17}, rows)]


def setup(app: Sphinx) -> dict[str, bool]:
    """Make the directives known."""
    app.add_directive("cells", Cells)
    app.add_directive("catalogue", Catalogue)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
