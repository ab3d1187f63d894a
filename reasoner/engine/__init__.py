"""The core: rules to closure, mechanisms to graph, graph to scenario, scenario to outcomes."""
