// Regimens by routes.

import { ask } from "./api.js";
import { controls } from "./controls.js";
import { open } from "./details.js";
import { h, legend, mark, problem, show } from "./dom.js";
import { routeProof } from "./niche.js";
import { address, scenario } from "./state.js";

export async function matrix(target, state, choices) {
  const body = h("div", {}, h("p", { class: "quiet" }, "…"));
  show(target, controls(state, choices), body);
  try { show(body, table(await ask("surroundings", scenario(state)), state, choices.statuses)); } catch (error) { show(body, problem(error)); }
}

function table(told, state, statuses) {
  const signs = new Map(statuses.map((status) => [status.word, status]));
  const name = (id) => told.labels[id] || id;
  const standing = (row) => row.routes.map((cell) => cell.status).join();
  const base = told.answers.find((row) => row.regimen.length === told.asked.length);
  const isBase = (row) => row.regimen.length <= told.asked.length;
  const shown = told.answers.filter((row) => isBase(row) || standing(row) !== standing(base));
  const silent = told.answers.filter((row) => !shown.includes(row)).map((row) => row.regimen.at(-1));
  const routes = told.routes.filter((route) => shown.some((row) => row.routes.some((cell) => cell.route === route && cell.status !== "inactive")));
  const rows = shown.map((row) => h("tr", {},
    h("th", { scope: "row" }, h("a", { href: address({ ...state, view: "niche", agents: row.regimen }) }, isBase(row) ? row.regimen.map(name).join(" + ") || "untreated" : `+ ${name(row.regimen.at(-1))}`), mark(row)),
    routes.map((route) => square(row.routes.find((cell) => cell.route === route), { ...state, agents: row.regimen }, name, signs))));
  const first = rows[0]?.querySelector("td button");
  if (first) first.tabIndex = 0;
  return h("section", {}, h("h2", {}, "Regimens by routes"),
    h("p", { class: "quiet" }, `What each agent adds to the regimen above. ${legend(statuses)}; an asterisk: contested. Point at a cell for its verdict, click it for its proof; arrow keys go from cell to cell.`),
    h("div", { class: "card scroll", tabindex: "0", role: "region", "aria-label": "Matrix of regimens and routes" }, h("table", { class: "grid", onkeydown: walk },
      h("thead", {}, h("tr", {}, h("td", {}), routes.map((route) => h("th", { class: "turned", scope: "col" }, h("span", {}, brief(`${route} ${name(route)}`)))))),
      h("tbody", {}, rows))),
    silent.length ? h("p", { class: "quiet" }, `Without effect on any of these routes here: ${silent.map(name).join(", ")}.`) : null);
}

// A heading that fits, cut between words; the whole is in the title of each cell.
const brief = (text) => (text.length <= 46 ? text : `${text.slice(0, 45).replace(/\s+\S*$/, "")} …`);

function square(cell, state, name, signs) {
  const words = [cell.status, cell.narrowed ? "narrowed" : "", cell.by.length ? `by ${cell.by.map((set) => set.map(name).join(" + ")).join(" or ")}` : "", cell.verdict.replaceAll("_", " "), (cell.strength || "").replaceAll("_", " "), cell.contradicted ? "rests on a contradiction" : ""].filter(Boolean).join(", ");
  const under = state.agents.map(name).join(" + ") || "untreated";
  return h("td", { class: `cell ${cell.status}`, title: `${cell.route} ${name(cell.route)}: ${words}` },
    h("button", { type: "button", tabindex: "-1", "aria-label": `${cell.route} under ${under}: ${words}`, onclick: (e) => open(`${cell.route} ${name(cell.route)} under ${under}`, () => routeProof(cell.route, cell.status, state), e.currentTarget) },
      signs.get(cell.status)?.glyph || "?", cell.verdict === "contested" ? "*" : "", cell.narrowed ? "–" : "", mark(cell)));
}

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

// The cells are one stop of the keyboard; arrows go from one to the next.
function walk(event) {
  const step = STEPS[event.key];
  const cell = event.target.closest("td.cell");
  if (!step || !cell) return;
  const next = cell.parentElement.parentElement.rows[cell.parentElement.sectionRowIndex + step[0]]?.cells[cell.cellIndex + step[1]]?.querySelector("button");
  event.preventDefault();
  if (!next) return;
  cell.querySelector("button").tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}
