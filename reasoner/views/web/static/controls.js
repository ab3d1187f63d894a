// Choosing a scenario: cell, disease, states, agents.

import { h } from "./dom.js";
import { go } from "./state.js";

const TRIES = [
  ["untreated", [], []], ["imatinib", ["imatinib"], []], ["+ plerixafor", ["imatinib", "plerixafor"], []],
  ["imatinib, T315I", ["imatinib"], ["T315I"]], ["arsenic trioxide", ["arsenic_trioxide"], []],
];

export function controls(state, choices, { agents = true } = {}) {
  return h("section", { class: "card", "aria-label": "Scenario" },
    h("div", { class: "controls" }, cell(state, choices), where(state, choices), lesions(state, choices), agents ? given(state, choices) : null),
    agents && state.cell === "CML_LSC" ? tries() : null);
}

function option(entry, chosen) {
  return h("option", { value: entry.id, selected: entry.id === chosen }, entry.label === entry.id ? entry.id : `${entry.label}`);
}

function cell(state, choices) {
  return h("div", {}, h("label", { for: "cell" }, "Cell"),
    h("select", { id: "cell", onchange: (e) => go({ cell: e.target.value, disease: "", state: [] }) }, choices.cells.map((entry) => option(entry, state.cell))));
}

function where(state, choices) {
  const own = choices.cells.find((entry) => entry.id === state.cell);
  return h("div", {}, h("label", { for: "disease" }, "Disease"),
    h("select", { id: "disease", onchange: (e) => go({ disease: e.target.value }) },
      h("option", { value: "" }, own && own.diseases.length === 1 ? `${label(choices.diseases, own.diseases[0])} (the cell's own)` : "choose …"), choices.diseases.map((entry) => option(entry, state.disease))));
}

function lesions(state, choices) {
  const states = choices.states.filter((entry) => !state.state.includes(entry.id));
  return h("div", {}, h("label", { for: "state" }, "Lesion or state"),
    h("select", { id: "state", onchange: (e) => e.target.value && go({ state: [...state.state, e.target.value] }) },
      h("option", { value: "" }, "add …"), states.map((entry) => option(entry, ""))),
    h("ul", { class: "chips" }, state.state.map((name) => chip(name, label(choices.states, name), "state", () => go({ state: state.state.filter((s) => s !== name) })))));
}

function given(state, choices) {
  const add = (event) => {
    event.preventDefault();
    const field = document.getElementById("agent");
    const wanted = field.value.trim();
    if (!wanted) return;
    const fold = (text) => text.toLowerCase().replace(/[\s_-]/g, "");
    const found = choices.agents.find((entry) => [entry.id, entry.label, entry.label_fr].some((name) => name && fold(name) === fold(wanted)));
    go({ agents: [...state.agents, found ? found.id : wanted] });
    setTimeout(() => document.getElementById("agent")?.focus(), 0);
  };
  return h("form", { onsubmit: add },
    h("label", { for: "agent", class: "top" }, "Agents given together"),
    h("div", { class: "row", style: "margin:0" },
      h("input", { id: "agent", type: "text", list: "agents", autocomplete: "off", placeholder: "plerixafor, or block:CD44", style: "flex:1;min-width:150px" }),
      h("datalist", { id: "agents" }, choices.agents.filter((entry) => !state.agents.includes(entry.id)).map((entry) => h("option", { value: entry.label }, entry.id))),
      h("button", { class: "main" }, "Add")),
    h("ul", { class: "chips", id: "given" }, state.agents.map((name) => chip(name, label(choices.agents, name), "", () => go({ agents: state.agents.filter((a) => a !== name) })))));
}

function chip(name, text, kind, drop) {
  return h("li", { class: `chip ${kind}` }, text, h("button", { "aria-label": `Remove ${text}`, type: "button", onclick: drop }, "×"));
}

export function label(entries, name) {
  return (entries.find((entry) => entry.id === name) || { label: name }).label;
}

function tries() {
  return h("div", { class: "tries" }, "Try:", TRIES.map(([text, agents, state]) => h("button", { type: "button", onclick: () => go({ agents, state }) }, text)));
}
