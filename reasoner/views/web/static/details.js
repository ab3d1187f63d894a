// The panel at the side: evidence behind an edge, the proof of a verdict, what is known of a thing.

import { ask } from "./api.js";
import { badge, h, mark, problem, show, words } from "./dom.js";

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
  const wanted = [...new Set([...ids, ...against])];
  if (!wanted.length) return [h("p", { class: "quiet" }, "No claim stands beside it: it counts as inference.")];
  const found = await ask("claims", { claim: wanted });
  const opposed = new Set(against);
  return found.answers.map((claim) => card(claim, opposed.has(claim.id) ? (ids.includes(claim.id) ? "both" : "against") : ""));
}

function card(claim, side) {
  const which = side || (claim.polarity === "opposes" ? "against" : "for");
  return h("article", { class: `claim ${which}` },
    h("p", {}, h("strong", {}, claim.id), " ", side ? badge(side === "both" ? "contested" : side, side === "both" ? "for and against" : side) : null, " ", claim.statement, mark(claim)),
    h("p", { class: "meta" }, [words(claim.tier), claim.modality, claim.context].filter(Boolean).join(" · ")),
    h("p", { class: "meta" }, claim.papers.join("; ")));
}

// --- proofs -----------------------------------------------------------------------------------------------------------

export async function proof(conclusion, fields) {
  const told = await ask("explain", { ...fields, conclusion });
  if (told.derivations.length) return told.derivations.map((tree) => h("ul", { class: "proof" }, step(tree, 0)));
  const missing = await ask("why-not", { ...fields, conclusion });
  return [h("p", {}, "It does not hold here. What is missing:"), h("ul", {}, missing.reasons.map((reason) =>
    h("li", {}, h("strong", {}, reason.code), " ", reason.text || reason.fails || "", mark(reason))))];
}

function step(node, depth) {
  const evidence = node.evidence.length
    ? h("button", { class: "plain", onclick: (event) => unfold(event.currentTarget, node.evidence) }, node.evidence.join(" ")) : null;
  const meta = h("div", { class: "meta" }, words(node.rule), evidence ? " · " : null, evidence);
  const rest = node.premises.map((premise) => step(premise, depth + 1));
  if (!rest.length) return h("li", {}, node.text, mark(node), meta);
  return h("li", {}, h("details", { open: depth < 3 }, h("summary", {}, node.text, mark(node)), meta, h("ul", {}, rest)));
}

async function unfold(button, ids) {
  const next = button.parentElement.nextElementSibling;
  if (next && next.classList.contains("unfolded")) { next.remove(); return; }
  const box = h("div", { class: "unfolded" });
  button.parentElement.after(box);
  show(box, await claims(ids));
}

// --- things -----------------------------------------------------------------------------------------------------------

export async function thing(name) {
  const told = await ask("show", { name });
  const list = (title, items) => items && items.length ? [h("h3", {}, title), h("ul", {}, items.map((item) => h("li", {}, item)))] : null;
  const facts = (items) => (items || []).map((item) => (typeof item === "string" ? item : Object.values(item).filter((v) => typeof v === "string").join(" ")));
  return [
    h("p", { class: "quiet" }, `${told.id} · ${words(told.kind)}`, mark(told)),
    told.definition ? h("p", {}, told.definition) : null,
    list("Also called", told.synonyms), list("Identifiers", told.identifiers),
    list("Stated", facts(told.asserted).slice(0, 40)), list("Follows", facts(told.inferred).slice(0, 40)),
    told.evidence && told.evidence.length ? h("h3", {}, "Claims") : null, told.evidence && told.evidence.length ? await claims(told.evidence.map((e) => (typeof e === "string" ? e : e.id)).slice(0, 30)) : null,
  ].flat();
}
