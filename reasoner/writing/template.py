"""Tables in ROBOT's template format as text."""

from __future__ import annotations

import csv
import io

from reasoner.model.template import Template


def template_text(table: Template) -> str:
    """The table as tab-separated values: headers, template strings, rows; quoted only where a cell needs it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow([column.header for column in table.columns])
    writer.writerow([column.template for column in table.columns])
    writer.writerows(row.cells for row in table.rows)
    return out.getvalue()
