// Asks an endpoint through Comunica and prints what came as one line of JSON.
//   node comunica.mjs KIND SOURCE QUERY
// KIND is bindings, boolean or quads; SOURCE an address, or sparql@ADDRESS to say that it is an endpoint.

import { QueryEngine } from "@comunica/query-sparql";

const [, , kind, given, query] = process.argv;
const [, known, value] = given.match(/^(?:(sparql)@)?(.*)$/);
const context = { sources: [known ? { type: known, value } : value] };
const engine = new QueryEngine();

const terms = (row) => Object.fromEntries([...row].map(([variable, term]) => [variable.value, term.value]));
const told = {
  bindings: async () => (await (await engine.queryBindings(query, context)).toArray()).map(terms),
  boolean: () => engine.queryBoolean(query, context),
  quads: async () => (await (await engine.queryQuads(query, context)).toArray()).map((quad) => [quad.subject.value, quad.predicate.value, quad.object.value]),
};
console.log(JSON.stringify(await told[kind]()));
