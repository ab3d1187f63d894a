// Minimal regimens, or the certificate that there are none.

import { ask } from "./api.js";
import { controls } from "./controls.js";
import { h, part, problem, show } from "./dom.js";
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
    const { page } = await ask("combine", { ...place(state), background: state.agents, close: goal, page: "1" });
    show(body, part(page, (agents) => address({ ...state, view: "niche", agents })));
  } catch (error) { show(body, problem(error)); }
}
