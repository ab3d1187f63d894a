// The answer of a query: a table, and files to take along.

import { h } from "./dom.js";

const OWN = "https://w3id.org/dislodge#";
const MOST = 500;
const PARTS = ["subject", "predicate", "object"];

export function rows(told) {
  if ("boolean" in told) return h("p", { class: "card" }, told.boolean ? "yes" : "no");
  const names = told.head.vars;
  const all = told.results.bindings;
  if (!all.length) return h("p", { class: "card" }, "No row: nothing in the graphs that were asked matches. That is no statement that it is not so.");
  return h("div", { class: "card scroll", tabindex: "0", role: "region", "aria-label": "Rows" }, h("table", {}, h("caption", {}, `${all.length} row${all.length === 1 ? "" : "s"}${all.length > MOST ? `, the first ${MOST} are shown` : ""}`),
    h("thead", {}, h("tr", {}, names.map((name) => h("th", { scope: "col" }, name)))),
    h("tbody", {}, all.slice(0, MOST).map((row) => h("tr", {}, names.map((name) => h("td", {}, term(row[name]))))))));
}

function plain(value) {
  if (!value) return "";
  if (value.type === "triple") return `<<${PARTS.map((part) => plain(value.value[part])).join(" ")}>>`;
  return value.type === "bnode" ? `_:${value.value}` : String(value.value);
}

function term(value) {
  if (!value) return "";
  if (value.type !== "uri") return plain(value);
  return h("span", { title: value.value }, value.value.startsWith(OWN) ? value.value.slice(OWN.length) : value.value);
}

// The rows as JSON and as CSV; a graph as the Turtle that came.
export function downloads(found, told) {
  const files = found ? [["JSON", told.text, "rows.json"], ["CSV", csv(found), "rows.csv"]] : [["Turtle", told.text, "graph.ttl"]];
  return h("p", {}, files.map(([name, text, file]) => [h("button", { class: "plain", type: "button", onclick: () => save(text, file) }, `Download ${name}`), " "]));
}

function save(text, file) {
  const link = h("a", { href: URL.createObjectURL(new Blob([text], { type: "text/plain" })), download: file });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

// --- CSV as the command line writes it --------------------------------------------------------------------------------

const CONTROLS = /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
const BLANKS = /[\t\n\r\x0b\x0c\x85\u2028\u2029]+/g;
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

function csv(found) {
  if ("boolean" in found) return `answer\n${found.boolean ? "yes" : "no"}\n`;
  const names = found.head.vars;
  const line = (cells) => cells.map(quoted).join(",");
  return `${[line(names), ...found.results.bindings.map((row) => line(names.map((name) => guarded(plain(row[name])))))].join("\n")}\n`;
}

const quoted = (cell) => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

// A spreadsheet would read a formula here: an apostrophe goes before it.
function guarded(cell) {
  const text = cell.replace(BLANKS, " ").replace(CONTROLS, "");
  return /^[=+\-@\t\r]/.test(cell) && !NUMBER.test(cell) ? `'${text}` : text;
}
