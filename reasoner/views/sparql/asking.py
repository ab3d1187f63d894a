"""One question in SPARQL from the command line: dataset, scenario, guard and limits put together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reasoner.errors import QuestionError
from reasoner.views.limited import Limits, Reply, run_limited
from reasoner.views.sparql.dataset import STATED, dataset_of
from reasoner.views.sparql.evaluate import Query, evaluate
from reasoner.views.sparql.guard import make_ready, reads_named_graphs
from reasoner.views.sparql.reach import reads_only
from reasoner.views.sparql.results import triples_as_json
from reasoner.views.sparql.scenarios import scenario_quads

if TYPE_CHECKING:
    from reasoner.answers.scenario_facts import ScenarioFacts
    from reasoner.inference.reasoned import Reasoned

FORMS = ("table", "csv", "tsv", "json", "xml", "ttl")
#: Forms that are made from SPARQL JSON; the others are written by the store.
_FROM_JSON = ("table", "csv", "tsv", "json")


def ask(reasoned: Reasoned, query: Query, form: str, scenarios: Sequence[ScenarioFacts], limits: Limits) -> Reply:
    """The answer of a query; ``body`` is SPARQL JSON for the forms that are made from it.

    Raises :class:`QuestionError` E425 where rows are asked for as Turtle, :class:`~reasoner.errors.BudgetError` where
    the closure was cut and the query can read what follows, and what
    :func:`~reasoner.views.limited.run_limited` and :func:`~reasoner.views.sparql.evaluate.evaluate` raise.
    """
    if reasoned.cut and not reads_only(query.text, STATED, query.base):
        raise reasoned.cut
    make_ready(query.text)
    dataset = dataset_of(reasoned, proofs=reads_named_graphs(query.text))
    for scenario in scenarios:
        dataset.store.bulk_extend(scenario_quads(scenario))
    results = "xml" if form == "xml" else "json"
    graphs = "nt" if form in _FROM_JSON else form
    reply = run_limited(lambda: evaluate(dataset, query, results, graphs, limits), limits)
    if reply.about["kind"] == "graph" and form in _FROM_JSON:
        return Reply(reply.about, triples_as_json(reply.body))
    if reply.about["kind"] != "graph" and form == "ttl":
        raise QuestionError("rows have no Turtle form", code="E425", hint="ask with CONSTRUCT, or take json or csv")
    return reply
