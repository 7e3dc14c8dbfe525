"""Tables in Markdown."""

from __future__ import annotations

from collections.abc import Iterable

from gxparse.records import Outcomes, Proceedings, fields_of
from gxparse.rendering.outline import Grid, has_values, matrix, one_line


def markdown(grid: Grid, *, compact: bool = False) -> str:
    """A Markdown table, the first row its head; a box that goes on is a blank cell."""
    lines = []
    for slots in matrix(grid):
        texts = ["" if slot.from_left or slot.from_above else one_line(slot.box.text) for slot in slots]
        texts += [""] * (grid.width - len(texts))
        lines.append("|" + "|".join(texts) + "|" if compact else "| " + " | ".join(texts) + " |")
    lines.insert(1, "|" + "---|" * grid.width if compact else "| " + " | ".join(["---"] * grid.width) + " |")
    return "\n".join(lines)


def markdown_by_row(grid: Grid) -> str:
    """One Markdown table a row, labels in between as headings, heads invented where the form has rows of them."""
    lines: list[str] = []

    def table(*rows: Iterable[str]) -> None:
        head, *body = (list(row) for row in rows)
        rule = ["---"] * len(head)
        lines.extend(["", *("| " + " | ".join(row) + " |" for row in (head, rule, *body)), ""])

    invented = ["项目", *(f"数据{number}" for number in range(1, 8))]
    outcomes = [column.metadata["label"] for column in fields_of(Outcomes)]
    heads: list[str] = []
    cases = [] if grid.head else [case.metadata["label"] for case in fields_of(Proceedings)]
    for row in grid.rows:
        labels = [one_line(box.text) for box in row if box.path is None and not box.continued]
        texts = [one_line(box.text) for box in row if box.path is not None]
        if not has_values(row):
            if grid.name == "disclosure" and len(labels) == 1:
                lines.append(f"### {labels[0]}")
            elif grid.name == "proceedings":
                cases += [one_line(box.text) for box in row if box.across == 5]
            heads = labels
        elif grid.name == "disclosure":
            table(heads or invented[: len(row)], labels + texts)
        elif grid.name == "proceedings":
            for number, start in enumerate(range(0, len(texts), 5)):
                if len(cases) == len(texts) // 5:
                    lines.append(f"### {cases[number]}")
                table(outcomes, texts[start : start + 5])
        else:
            lines.extend(f"### {text}" for text in labels[:-1])
            table(invented[: len(texts) + 1], labels[-1:] + texts)
    return "\n".join(lines)
