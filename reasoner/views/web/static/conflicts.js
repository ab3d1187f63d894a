// Contradictions with both sides.

import { ask } from "./api.js";
import { h, part, problem, show } from "./dom.js";
import { go } from "./state.js";

export async function conflicts(target, state) {
  const field = h("input", { type: "search", id: "about", value: state.about || "", placeholder: "e.g. plerixafor" });
  const form = h("form", { class: "card row", onsubmit: (e) => { e.preventDefault(); go({ about: field.value.trim() }); } }, h("label", { for: "about" }, "About"), field, h("button", { class: "main" }, "Show"));
  const body = h("div", {}, h("p", { class: "quiet" }, "…"));
  show(target, form, body);
  try {
    show(body, part((await ask("conflicts", { name: state.about, page: "1" })).page));
  } catch (error) { show(body, problem(error)); }
}
