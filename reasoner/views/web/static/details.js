// The panel at the side: evidence behind an edge, the proof of a verdict, what is known of a thing.

import { ask } from "./api.js";
import { h, part, problem, show } from "./dom.js";
import { place, read } from "./state.js";

const panel = document.getElementById("details");
let opener = null;

export function close() {
  if (panel.hidden) return;
  panel.hidden = true;
  document.querySelectorAll(".is-chosen").forEach((part) => part.classList.remove("is-chosen"));
  if (opener && opener.isConnected) opener.focus();
}

export async function open(title, load, from) {
  opener = from || document.activeElement;
  const body = h("div", {}, h("p", { class: "quiet" }, "…"));
  show(panel, h("button", { class: "plain close", "aria-label": "Close details", onclick: close }, "×"), h("h2", { tabindex: "-1" }, title), body);
  panel.hidden = false;
  panel.setAttribute("aria-busy", "true");
  panel.scrollTop = 0;
  panel.querySelector("h2").focus();
  try { show(body, await load()); } catch (error) { show(body, problem(error)); }
  panel.setAttribute("aria-busy", "false");
}

addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });

// --- evidence ---------------------------------------------------------------------------------------------------------

export async function claims(ids, against = []) {
  if (!ids.length && !against.length) return [h("p", { class: "quiet" }, "No claim stands beside it: it counts as inference.")];
  return part((await ask("claims", { claim: ids, against })).page);
}

// --- proofs -----------------------------------------------------------------------------------------------------------

export async function proof(conclusion, fields) {
  return part((await ask("proof", { ...fields, conclusion })).page);
}

// --- what the parts that the server made lead to ----------------------------------------------------------------------

document.addEventListener("click", (event) => {
  const lead = event.target.closest("[data-claim], [data-conclusion]");
  if (!lead) return;
  const { conclusion, under, title, claim } = lead.dataset;
  if (!claim) {
    const state = read();
    open(title, () => proof(conclusion, { ...place(state), background: [...state.with, ...(under || "").split(" ").filter(Boolean)] }), lead);
  } else if (panel.contains(lead)) unfold(lead);
  else open(`Claim ${claim}, and those beside it`, () => besides(lead), lead);
});

// A claim, marked, and those that stand beside it, each on its side.
async function besides(lead) {
  const group = [...(lead.closest("td, p, li") || lead.parentElement).querySelectorAll("[data-claim]")];
  const on = (side) => group.filter(({ dataset }) => dataset.side === side).map(({ dataset }) => dataset.claim);
  const told = await claims(on("for"), on("against"));
  told.querySelector(`#${CSS.escape(lead.dataset.claim)}`)?.classList.add("is-asked");
  return told;
}

async function unfold(lead) {
  const { claim, side } = lead.dataset;
  const next = lead.parentElement.nextElementSibling;
  if (next?.classList.contains("unfolded")) next.remove();
  if (next?.dataset.of === claim) return;
  const box = h("div", { class: "unfolded", "data-of": claim });
  lead.parentElement.after(box);
  show(box, await claims(side === "for" ? [claim] : [], side === "for" ? [] : [claim]));
}

// --- things -----------------------------------------------------------------------------------------------------------

export async function thing(name) {
  return part((await ask("show", { name, page: "1" })).page);
}
