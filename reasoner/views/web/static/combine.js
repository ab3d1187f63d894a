// Minimal regimens, or the certificate that there are none.

import { ask } from "./api.js";
import { controls } from "./controls.js";
import { claims, open } from "./details.js";
import { badge, h, mark, problem, show, stacked, words } from "./dom.js";
import { broader } from "./killers.js";
import { address, go, place } from "./state.js";

// What can be closed: what is sought by default, the routes of each kind, every route.
const goalsOf = (goals) => [["", goals.filter((goal) => goal.is_default).map((goal) => goal.word).join(", ")], ...goals.map((goal) => [goal.word, `${goal.word} alone`]), ["all", "every route"]];

export async function combine(target, state, choices) {
  const goal = state.close || "";
  const form = h("section", { class: "card", style: "margin-top:12px" }, h("div", { class: "row", style: "margin:0" },
    h("label", { for: "goal" }, "Close"), h("select", { id: "goal", style: "width:auto", onchange: (e) => go({ close: e.target.value }) }, goalsOf(choices.goals).map(([id, text]) => h("option", { value: id, selected: id === goal }, text))),
    h("span", { class: "quiet" }, "Agents above are given beforehand; without one the search chooses the killer.")));
  const body = h("div", {}, h("p", { class: "quiet" }, "searching …"));
  show(target, controls(state, choices), form, body);
  try {
    const told = await ask("combine", { ...place(state), background: state.agents, close: goal, labels: "1" });
    show(body, answer(told, state));
  } catch (error) { show(body, problem(error)); }
}

function answer(told, state) {
  const name = (id) => told.labels[id] || id;
  const rows = told.regimens.length ? told.regimens : told.front;
  return h("section", {}, h("h2", {}, told.regimens.length ? told.found === 1 ? "1 minimal regimen closes everything asked" : `${told.found} minimal regimens close everything asked` : "No regimen closes everything asked"),
    told.complete || told.regimens.length ? null : certificate(told, name),
    told.unknown.length ? h("p", {}, `Undetermined, never counted as closed: ${told.unknown.map(name).join("; ")}`) : null,
    rows.length && !told.regimens.length ? h("h2", {}, "The best that can be done: no other set closes more, is smaller, spares more and is more solid") : null,
    rows.length ? table(rows, state, name) : h("p", {}, "Nothing that may be given closes any of them."),
    h("p", { class: "quiet" }, `Every set of up to ${told.exhaustive_to} agents was looked at${told.limit_reached ? "; the list was cut short" : ""}.`));
}

function certificate(told, name) {
  return h("div", { class: "card error" }, (told.reasons || []).map((reason) => h("p", {}, h("strong", {}, reason.code), " ", reason.text)),
    h("ul", {}, (told.certificate || []).map((row) => h("li", {}, h("strong", {}, `${row.route} ${name(row.route.split("/")[0])}`), mark(row), `: ${row.text} `,
      row.evidence && row.evidence.length ? h("button", { class: "plain", onclick: (e) => open(name(row.route), () => claims(row.evidence), e.currentTarget) }, "evidence") : null))));
}

function table(rows, state, name) {
  return h("div", { class: "card" }, stacked(["regimen", "closes", "leaves open", "opens", "price for normal cells", "verdict", "strength"],
    rows.map((row) => h("tr", {},
      h("th", { scope: "row" }, h("a", { href: address({ ...state, view: "niche", agents: row.agents }) }, row.agents.map(name).join(" + ")), broader(row, name).map((said) => h("div", { class: "sub" }, said)), mark(row)),
      h("td", {}, routes(row.closes, "closes", name)), h("td", {}, routes(row.leaves_open, "open", name)), h("td", {}, routes(row.opens, "opens", name)),
      h("td", {}, row.harms.length ? null : h("span", { class: "sub" }, "none is known"), row.harms.map((harm) => h("div", {}, badge(harm.extent), " ", `${name(harm.function)}`))), h("td", {}, badge(row.verdict)), h("td", {}, words(row.strength))))));
}

function routes(list, word, name) {
  if (!list.length) return h("span", { class: "sub" }, "none");
  return h("details", {}, h("summary", {}, `${list.length}`), list.map((route) => h("div", { class: "sub" }, `${route} ${name(route)}`)));
}
