// Contradictions with both sides.

import { ask } from "./api.js";
import { claims } from "./details.js";
import { badge, h, mark, problem, show, words } from "./dom.js";
import { go } from "./state.js";

export async function conflicts(target, state) {
  const field = h("input", { type: "search", id: "about", value: state.about || "", placeholder: "e.g. plerixafor" });
  const form = h("form", { class: "card row", onsubmit: (e) => { e.preventDefault(); go({ about: field.value.trim() }); } }, h("label", { for: "about" }, "About"), field, h("button", { class: "main" }, "Show"));
  const body = h("div", {}, h("p", { class: "quiet" }, "…"));
  show(target, form, body);
  try {
    const told = await ask("conflicts", { name: state.about });
    show(body, told.answers.length ? await Promise.all(told.answers.map(entry)) : h("p", {}, (told.reasons || []).map((r) => r.text).join(" ")));
  } catch (error) { show(body, problem(error)); }
}

async function entry(conflict) {
  return h("section", { class: "card", style: "margin-top:14px" }, h("h2", { style: "margin-top:0" }, conflict.statement, mark(conflict)),
    h("p", {}, "What decides: ", badge(conflict.moderator === "unresolved" || !conflict.moderator ? "contested" : "for", words(conflict.moderator || "unresolved")), " ", h("span", { class: "quiet" }, conflict.handling || "")),
    h("div", { class: "sides" }, h("div", {}, h("h3", {}, "For"), await claims(conflict.for)), h("div", {}, h("h3", {}, "Against"), await claims([], conflict.against))));
}
