// Which view is shown, from the address.

import { ask, waiting } from "./api.js";
import { combine } from "./combine.js";
import { conflicts } from "./conflicts.js";
import { close } from "./details.js";
import { h, problem, show } from "./dom.js";
import { matrix } from "./matrix.js";
import { niche } from "./niche.js";
import { query } from "./query.js";
import { address, go, read } from "./state.js";

const VIEWS = { niche: ["Niche", niche], matrix: ["Matrix", matrix], combine: ["Combine", combine], conflicts: ["Conflicts", conflicts], query: ["SPARQL", query] };
const content = document.getElementById("content");
let latest = 0;

async function render() {
  const state = read();
  const turn = ++latest;
  content.setAttribute("aria-busy", "true");
  close();
  const [title, view] = VIEWS[state.view] || VIEWS.niche;
  show(document.getElementById("views"), Object.entries(VIEWS).map(([name, [text]]) =>
    h("a", { href: address({ ...state, view: name, name: "", query: "", run: "" }), "aria-current": VIEWS[state.view] && name === state.view ? "page" : null }, text)));
  document.title = `${title} · dislodge`;
  try {
    const choices = await ask("choices");
    if (turn !== latest) return;
    if (!state.cell) {
      const first = choices.cells.find((entry) => entry.id === "CML_LSC") || choices.cells.find((entry) => entry.diseases.length === 1) || choices.cells[0];
      state.cell = first ? first.id : "";
      go({ cell: state.cell }, true);
      return;
    }
    await view(content, state, choices);
  } catch (error) { show(content, problem(error)); }
  if (turn === latest) content.setAttribute("aria-busy", "false");
}

async function foot() {
  const about = await ask("about");
  const banner = document.getElementById("contradiction");
  if (about.contradiction) show(banner, `${about.contradiction} Answers that rest on this are marked ‡.`);
  banner.hidden = !about.contradiction;
  show(document.getElementById("foot"), h("p", {}, h("strong", {}, about.research_use)),
    h("p", {}, `dislodge ${about.version} · ${about.facts} facts, ${about.claims} claims, ${about.rules} rules · sha256 ${about.sha256.slice(0, 12)} · what is not stated counts as absent`));
}

// The address is the view: a link within the page must not change it.
document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); content.focus(); });
waiting.addEventListener("change", ({ detail: count }) => {
  document.getElementById("waiting").textContent = count ? "The server is busy with other questions; yours is asked again in a moment." : "";
});
addEventListener("hashchange", render);
addEventListener("popstate", render);
render();
foot();
