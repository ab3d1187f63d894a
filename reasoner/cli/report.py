"""``dislodge report``."""

from __future__ import annotations

from pathlib import Path

import click

from reasoner.cli import options
from reasoner.cli.failures import ANSWERED
from reasoner.cli.loading import loading
from reasoner.cli.session import Places, Session

FORMS = ("html", "md", "json", "cx2", "cyjs", "svg")
_ENDINGS = {
    ".html": "html",
    ".htm": "html",
    ".md": "md",
    ".json": "json",
    ".cx2": "cx2",
    ".cyjs": "cyjs",
    ".svg": "svg",
}
EPILOG = options.examples(
    "dislodge report imatinib plerixafor --cell CML_LSC -o report.html",
    "dislodge report imatinib --cell CML_LSC --search -o report.html",
    "dislodge report imatinib --cell CML_LSC --format cx2 -o niche.cx2",
)


@click.command("report", epilog=EPILOG)
@click.argument("agents", nargs=-1, metavar="[AGENT]...")
@options.scenario
@click.option("--search", is_flag=True, help="Also what could be added to close every route.")
@loading(FORMS, "", supposing=True)
def command(
    session: Session,
    agents: tuple[str, ...],
    cell: str | None,
    disease: str | None,
    states: tuple[str, ...],
    clones: tuple[str, ...],
    background: tuple[str, ...],
    search: bool,
) -> int:
    """One file about a regimen: picture, verdicts, proofs, evidence, what is left.

    HTML stands alone, without scripts or requests; also Markdown, JSON, SVG, and the network as CX2 (Cytoscape, NDEx)
    or Cytoscape.js JSON (cyjs). Without --format the ending of FILE decides, else HTML.
    """
    from reasoner.answers.asking import regimen_request
    from reasoner.answers.report import report
    from reasoner.views.report.written import written

    request = session.request(Places(cell, disease, states, clones, background))
    given, request = regimen_request(session.kb, agents, request)
    document = report(session.kb, given, request, search=search)
    form = session.form or _form_of(session.output)
    session.emit(written(document, form))
    if form in ("svg", "cx2", "cyjs"):
        return session.tell_state()
    return ANSWERED


def _form_of(output: Path | None) -> str:
    """The form that the ending of a file asks for; HTML without one."""
    return _ENDINGS.get(output.suffix.lower(), "html") if output is not None else "html"
