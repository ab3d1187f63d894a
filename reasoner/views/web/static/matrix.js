// Regimens by routes.

import { ask } from "./api.js";
import { controls } from "./controls.js";
import { h, part, problem, show } from "./dom.js";
import { address, scenario } from "./state.js";

export async function matrix(target, state, choices) {
  const body = h("div", {}, h("p", { class: "quiet" }, "…"));
  show(target, controls(state, choices), body);
  try {
    const { page } = await ask("surroundings", scenario(state));
    const made = part(page, (agents) => address({ ...state, view: "niche", agents }));
    made.querySelectorAll(".grid td button").forEach((sign, number) => { sign.tabIndex = number ? -1 : 0; });
    made.querySelector(".grid")?.addEventListener("keydown", walk);
    show(body, made);
  } catch (error) { show(body, problem(error)); }
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
