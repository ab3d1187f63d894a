// SPARQL: the library, an editor, the rows. The small editor is a plain field: it binds the parameters of library
// queries, works with any keyboard or screen reader, and needs no megabyte of script; Yasgui is loaded when asked for.

import { ask, sparql } from "./api.js";
import { h, problem, show } from "./dom.js";
import { downloads, rows } from "./rows.js";
import { go } from "./state.js";

const WIDER = "The large editor binds no parameters: write the thing into the query instead of the variable.";
const START = "SELECT ?route ?label\nWHERE { ?route :retains :CML_LSC ; rdfs:label ?label . FILTER (LANG(?label) = \"en\") }\nORDER BY ?route\n";

export async function query(target, state) {
  const library = await ask("queries");
  const chosen = library.find((entry) => entry.name === state.name);
  const editor = h("textarea", { id: "editor", spellcheck: "false", value: state.query || (chosen ? body(chosen) : START) });
  const out = h("div", { id: "rows", "aria-live": "polite" });
  const given = {};
  const run = async () => {
    show(out, h("p", { class: "quiet" }, "…"));
    out.setAttribute("aria-busy", "true");
    const text = editor.value;
    const bindings = bound(chosen, given, text);
    try {
      const told = await sparql(text, "application/sparql-results+json, text/turtle;q=0.8", bindings);
      const found = told.type.includes("json") ? JSON.parse(told.text) : null;
      show(out, found ? rows(found) : h("pre", { class: "card scroll", tabindex: "0" }, told.text), downloads(found, told));
    } catch (error) { show(out, problem(error)); }
    out.setAttribute("aria-busy", "false");
  };
  editor.addEventListener("keydown", (e) => { if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) { e.preventDefault(); run(); } });
  show(target, h("div", { class: "columns" },
    h("section", { "aria-label": "Query library" }, h("h2", { style: "margin-top:0" }, `Library: ${library.length} queries`), h("div", { class: "card library", tabindex: "0", role: "region", "aria-label": "Queries" },
      library.map((entry) => h("button", { type: "button", "aria-pressed": String(entry === chosen), onclick: () => go({ name: entry.name, query: "", run: "1" }) }, entry.title)))),
    h("section", { "aria-label": "Query" }, h("h2", { style: "margin-top:0" }, chosen ? chosen.title : "Query"),
      chosen ? h("p", { class: "quiet" }, chosen.description) : h("p", { class: "quiet" }, "Prefixes are ready: the empty one and dislodge, rdf, rdfs, owl, skos, prov, graph."),
      chosen ? parameters(chosen, given, run) : null,
      h("label", { for: "editor", class: "top" }, "SPARQL (Ctrl+Enter runs it)"), editor,
      h("div", { class: "row" }, h("button", { class: "main", type: "button", id: "run", onclick: run }, "Run"),
        h("button", { type: "button", onclick: () => go({ query: editor.value, name: "" }) }, "Put into the address"),
        h("button", { type: "button", onclick: () => large(target, editor.value) }, "Large editor (Yasgui)")), out)));
  if (state.run || state.query) await run();
}

const body = (entry) => entry.text.split("\n").filter((line) => !line.startsWith("# ")).join("\n").trim() + "\n";

function parameters(entry, given, run) {
  return h("form", { class: "params", onsubmit: (e) => { e.preventDefault(); run(); } }, entry.parameters.map((parameter) => {
    const field = h("input", { type: "text", id: `p-${parameter.name}`, value: parameter.default || "" });
    given[parameter.name] = field;
    return h("div", {}, h("label", { for: `p-${parameter.name}`, class: "top" }, `?${parameter.name}: ${parameter.meaning}`), field);
  }));
}

// Parameters are bound by the server, in any spelling of a name; they never become a piece of the query. One whose
// variable was edited out of the query binds nothing.
function bound(entry, given, text) {
  if (!entry) return {};
  const used = entry.parameters.filter((p) => new RegExp(`[?$]${p.name}\\b`).test(text));
  return { shipped: entry.name, bind: used.map((p) => `${p.name}=${given[p.name].value.trim()}`).filter((pair) => !pair.endsWith("=")) };
}

// The large editor wants every prefix declared; the server has them ready.
async function declared(text) {
  const { prefixes } = await ask("about");
  const used = Object.keys(prefixes).filter((prefix) => new RegExp(`(^|[^\\w:])${prefix}:\\w`, "m").test(text) && !new RegExp(`PREFIX\\s+${prefix}:`, "i").test(text));
  return used.map((prefix) => `PREFIX ${prefix}: <${prefixes[prefix]}>\n`).join("") + text;
}

// --- Yasgui -----------------------------------------------------------------------------------------------------------

function loaded(tag, attributes) {
  return new Promise((done, failed) => document.head.append(h(tag, { ...attributes, onload: done, onerror: () => failed(new Error("the large editor is not there")) })));
}

async function large(target, text) {
  const box = h("div", { class: "card", id: "yasgui" });
  show(target, h("p", {}, h("button", { class: "plain", onclick: () => go({ query: text, name: "" }) }, "Back to the small editor"), " ", h("span", { class: "quiet" }, WIDER)), box);
  try {
    if (!window.Yasgui) await Promise.all([loaded("link", { rel: "stylesheet", href: "/static/yasgui.min.css" }), loaded("script", { src: "/static/yasgui.min.js" })]);
    const yasgui = new window.Yasgui(box, {
      requestConfig: { endpoint: `${location.origin}/sparql` }, copyEndpointOnNewTab: false, populateFromUrl: false, endpointCatalogueOptions: { getData: () => [] },
      yasqe: { autocompleters: [] }, persistenceId: null,
    });
    yasgui.getTab().setQuery(await declared(text));
  } catch (error) { show(box, problem(error)); }
}
