"""How long reading takes.  Not part of the default run: ``pytest tests/benchmarks``."""

import time

import pytest

from reasoner.owl.compile_axioms import compile_axioms
from reasoner.reading.owl.ontology import read_ontology
from reasoner.reading.rdf.triples import read_triples
from reasoner.resources import shipped_ontology


def best(action, runs=9):
    times = []
    for _ in range(runs):
        start = time.process_time()
        action()
        times.append(time.process_time() - start)
    return min(times)


@pytest.mark.benchmark
def test_ten_thousand_triples_become_an_ontology_in_60_ms():
    size = sum(len(read_triples(path)) for path in shipped_ontology())
    taken = best(lambda: read_ontology(shipped_ontology()))
    print(f"\n{size} triples: {taken * 1000:.0f} ms, {taken / size * 1e7:.0f} ms for 10,000")
    assert taken / size * 10_000 < 0.060


@pytest.mark.benchmark
def test_the_axioms_compile_in_25_ms():
    ontology = read_ontology(shipped_ontology())
    taken = best(lambda: compile_axioms(ontology.axioms, ontology.facts))
    print(f"\n{len(ontology.axioms)} axioms: {taken * 1000:.1f} ms")
    assert taken < 0.025
