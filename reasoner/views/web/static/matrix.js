// Regimens by routes.

import { ask } from "./api.js";
import { controls } from "./controls.js";
import { h, problem, show } from "./dom.js";
import { address, scenario } from "./state.js";

const SIGNS = { open: "●", broken: "✕", opened: "▲", inactive: "○", unknown: "?" };

export async function matrix(target, state, choices) {
  const body = h("div", {}, h("p", { class: "quiet" }, "…"));
  show(target, controls(state, choices), body);
  try { show(body, table(await ask("matrix", scenario(state)), state)); } catch (error) { show(body, problem(error)); }
}

function table(told, state) {
  const name = (id) => told.labels[id] || id;
  const statuses = (row) => row.routes.map((cell) => cell.status).join();
  const base = told.answers.find((row) => row.regimen.length === told.asked.length);
  const isBase = (row) => row.regimen.length <= told.asked.length;
  const shown = told.answers.filter((row) => isBase(row) || statuses(row) !== statuses(base));
  const silent = told.answers.filter((row) => !shown.includes(row)).map((row) => row.regimen.at(-1));
  const routes = told.routes.filter((route) => shown.some((row) => row.routes.some((cell) => cell.route === route && cell.status !== "inactive")));
  const rows = shown.map((row) => h("tr", {},
    h("th", { scope: "row" }, h("a", { href: address({ ...state, view: "niche", agents: row.regimen }) }, isBase(row) ? row.regimen.map(name).join(" + ") || "untreated" : `+ ${name(row.regimen.at(-1))}`)),
    routes.map((route) => square(row.routes.find((cell) => cell.route === route), name))));
  return h("section", {}, h("h2", {}, "Regimens by routes"),
    h("p", { class: "quiet" }, "What each agent adds to the regimen above. ✕ broken, ● open, ▲ opened by the regimen, ○ inactive, ? unknown; an asterisk: contested. Point at a cell for its verdict."),
    h("div", { class: "card scroll", tabindex: "0", role: "region", "aria-label": "Matrix of regimens and routes" }, h("table", { class: "grid" },
      h("thead", {}, h("tr", {}, h("td", {}), routes.map((route) => h("th", { class: "turned", scope: "col" }, h("span", {}, brief(`${route} ${name(route)}`)))))),
      h("tbody", {}, rows))),
    silent.length ? h("p", { class: "quiet" }, `Without effect on any of these routes here: ${silent.map(name).join(", ")}.`) : null);
}

// A heading that fits, cut between words; the whole is in the title of each cell.
const brief = (text) => (text.length <= 46 ? text : `${text.slice(0, 45).replace(/\s+\S*$/, "")} …`);

function square(cell, name) {
  const words = [cell.status, cell.narrowed ? "narrowed" : "", cell.by.length ? `by ${cell.by.map((set) => set.map(name).join(" + ")).join(" or ")}` : "", cell.verdict.replaceAll("_", " "), (cell.strength || "").replaceAll("_", " ")].filter(Boolean).join(", ");
  return h("td", { class: `cell ${cell.status}`, title: `${cell.route} ${name(cell.route)}: ${words}` }, h("span", { "aria-label": words, role: "img" }, SIGNS[cell.status] || "?", cell.verdict === "contested" ? "*" : "", cell.narrowed ? "–" : ""));
}
