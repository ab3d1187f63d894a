// The niche drawn, and what the regimen does to it.

import { ask } from "./api.js";
import { controls } from "./controls.js";
import { claims, open, proof, thing } from "./details.js";
import { badge, drawing, h, mark, part, problem, show, words } from "./dom.js";
import { broader } from "./killers.js";
import { go, place, scenario } from "./state.js";

export async function niche(target, state, choices) {
  const body = target.querySelector("#scenario") || h("div", { id: "scenario" });
  show(target, controls(state, choices), body);
  body.classList.add("busy");
  try {
    const told = await ask("scenario", { ...scenario(state), inactive: state.all ? "1" : "" });
    show(body, page(told, state, choices));
  } catch (error) { show(body, h("div", { style: "margin-top:14px" }, problem(error))); }
  body.classList.remove("busy");
}

function page(told, state, choices) {
  const name = (id) => told.labels[id] || id;
  return [headline(told.assess, choices.statuses), picture(told, state, choices.statuses), signs(choices.legend), verdicts(told, state, name, choices), tables(told, state)];
}

// One line above the picture: how many routes stand where, and what the regimen does.
function headline(told, statuses) {
  const count = (status) => told.routes.filter((route) => route.status === status).length;
  const numbers = statuses.filter(({ word }) => word !== "inactive" && count(word))
    .map(({ word, said }) => h("span", { class: `number ${word}` }, h("strong", {}, `${count(word)}`), ` ${word === "broken" ? word : said}`));
  const does = told.outcomes.filter((outcome) => outcome.derived === "yes").map((outcome) => h("span", { class: "does" }, `${outcome.outcome} `, worth(outcome), outcome.extent === "partial" ? " partial" : "", mark(outcome)));
  return h("p", { class: "headline", id: "headline", role: "status" }, "Routes: ", numbers.length ? numbers : "none on", does.length ? h("span", { class: "rule", "aria-hidden": "true" }) : null, does);
}

function verdicts(told, state, name, choices) {
  const cards = told.assess.outcomes.map((outcome) => outcomeCard(told, outcome, state, name, choices.harms));
  const open = told.assess.routes.filter((r) => choices.statuses.some((status) => status.is_danger && status.word === r.status));
  cards.unshift(h("article", { class: `card verdict ${open.length ? "tone-bad" : "tone-good"}` },
    h("h3", {}, open.length === 1 ? "1 route stays open" : open.length ? `${open.length} routes stay open` : "no route stays open"),
    h("p", { class: "big" }, told.assess.killers.length ? `effective killer: ${told.assess.killers.map(name).join(", ")}` : "no effective killer is given"),
    broader(told.assess, name).map((said) => h("p", {}, said)),
    [...told.assess.defeated, ...(told.assess.kept_from_acting || [])].map((d) => h("p", {}, d.kind === "activity" ? `${name(d.agent)} does not act without ${name(d.by)}, which is ${d.in_doubt ? "undetermined" : "not on"}` : `${name(d.agent)} is defeated by ${name(d.by)}`))));
  for (const hazard of told.assess.hazards) {
    cards.push(h("article", { class: "card verdict tone-warn" }, h("h3", {}, `Hazard: ${name(hazard.hazard)}`, mark(hazard)),
      h("p", { class: "big" }, worth(hazard)),
      h("p", {}, hazard.subjects.map(name).join("; ")),
      h("p", {}, more("evidence", (e) => open_(`Hazard: ${name(hazard.hazard)}`, () => claims(hazard.evidence, hazard.against_elsewhere), e)))));
  }
  return h("section", { class: "verdicts", "aria-label": "Outcomes" }, cards);
}

// The words of a conclusion: of the laboratory, what is disputed elsewhere, and of patients where they were tested.
const worth = ({ verdict, elsewhere, patients }) => [badge(verdict), elsewhere ? [", ", badge(elsewhere)] : "",
  patients.verdict === "not_tested" ? "" : ["; patients: ", badge(patients.verdict), patients.elsewhere ? [", ", badge(patients.elsewhere)] : ""]];
const both = (outcome, side) => [...outcome[side], ...outcome[`${side}_elsewhere`]];
const open_ = (title, load, event) => open(title, load, event.currentTarget);
const more = (text, act) => h("button", { class: "plain", type: "button", onclick: act }, text);

function outcomeCard(told, outcome, state, name, harms) {
  const tone = outcome.derived !== "yes" ? "tone-warn" : outcome.verdict === "supported" ? "tone-good" : "tone-warn";
  const conclusion = `${outcome.outcome}(${told.assess.regimen.map(quoted).join("+")}, ${JSON.stringify(outcome.subject)})`;
  return h("article", { class: `card verdict ${harms.includes(outcome.outcome) ? "tone-warn" : tone}` },
    h("h3", {}, `${outcome.outcome} ${name(outcome.subject)}`, mark(outcome)),
    h("p", { class: "big" }, worth(outcome), " ", outcome.derived === "yes" ? outcome.extent || "" : "not derived here"),
    h("p", {}, [words(outcome.strength), words(outcome.modality)].filter(Boolean).join(" · ")),
    outcome.left.length ? h("p", {}, `left: ${outcome.left.map(name).join("; ")}`) : null,
    h("p", {}, told.assess.regimen.length ? more("proof", (e) => open_(`Why: ${outcome.outcome} ${name(outcome.subject)}`, () => proof(conclusion, place(state)), e)) : null, " ",
      both(outcome, "for").length || both(outcome, "against").length ? more("evidence", (e) => open_(`Claims: ${outcome.outcome}`, () => claims(both(outcome, "for"), both(outcome, "against")), e)) : null));
}

// --- picture ----------------------------------------------------------------------------------------------------------

function picture(told, state, statuses) {
  const box = h("section", { class: "card picture", "aria-label": "Picture of the niche", tabindex: "0", role: "region" });
  const svg = drawing(told.svg);
  const act = (event) => {
    const part = event.target.closest("[data-kind], [data-edge]");
    if (!part || (event.type === "keydown" && !["Enter", " "].includes(event.key))) return;
    event.preventDefault();
    svg.querySelectorAll(".is-chosen").forEach((other) => other.classList.remove("is-chosen"));
    part.classList.add("is-chosen");
    choose(part, state, statuses);
  };
  svg.addEventListener("click", act);
  svg.addEventListener("keydown", act);
  box.append(svg);
  return box;
}

function choose(part, state, statuses) {
  const { kind, name, label, text, claims: ids } = part.dataset;
  if (part.dataset.edge !== undefined) return open(text, () => claims(ids ? ids.split(" ") : []), part);
  if (kind === "route") return open(`${name} ${label}`, () => route(name, statuses.find((status) => status.state === part.dataset.state)?.fact, state), part);
  if (kind === "agent" || kind === "source") return open("What is known", () => thing(name), part);
  return open(label, () => node(name, part.dataset.state, state), part);
}

// What the regimen does to a route, else its status under it.
function route(name, fact, state) {
  if (fact && state.agents.length) return proof(`${fact}(${state.agents.map(quoted).join("+")}, ${JSON.stringify(name)})`, place(state));
  return proof(`status(${JSON.stringify(name)})`, under(state));
}

const quoted = (agent) => (/^\w+:/.test(agent) ? agent : JSON.stringify(agent));

// The regimen as a background: what holds under it.
function under(state) {
  return { ...place(state), background: [...state.with, ...state.agents] };
}

async function node(name, value, state) {
  const on = ["open", "opened"].includes(value);
  if (value === "rebounds") return proof(`rebounds(${JSON.stringify(name)})`, under(state));
  return proof(`${on ? "on" : "off"}(${JSON.stringify(name)})`, under(state));
}

function signs(legend) {
  const line = (cls, mark) => drawing(`<svg xmlns="http://www.w3.org/2000/svg" class="niche" width="46" height="16" aria-hidden="true"><g class="edge ${cls}"><path class="line" d="M2 8H40" marker-end="url(#${mark})"/>${cls.includes("is-cut") ? '<path class="mark" d="M16 3l10 10m0 -10l-10 10"/>' : ""}${cls.includes("is-rebounds") ? '<path class="mark" d="M13 2v12m14 -12v12M10 7c3 -9 15 -9 19 0m-5 -2l5 2l3 -5"/>' : ""}${cls.includes("is-opened") ? '<path class="mark" d="M21 2l6 6l-6 6l-6 -6z"/>' : ""}</g></svg>`);
  return h("ul", { class: "legend", "aria-label": "Legend" },
    h("li", {}, line("promotes is-open", "tip"), "activates, or is required"), h("li", {}, line("suppresses is-open", "bar"), "inhibits, or an agent acts against it"),
    h("li", {}, line("promotes is-cut", "tip"), "cut by the regimen"), h("li", {}, line("promotes is-opened", "tip"), "opened by the regimen"), h("li", {}, line("promotes is-rebounds", "tip"), "off at once, on again after relief"),
    h("li", {}, line("promotes is-open inferred", "tip"), "inferred for this cell"), h("li", {}, legend));
}

// --- tables -----------------------------------------------------------------------------------------------------------

function tables(told, state) {
  const hidden = told.assess.routes.filter((route) => route.status === "inactive").length;
  return h("section", { id: "tables" }, part(told.page),
    hidden ? h("p", {}, more(state.all ? "hide inactive routes" : `show ${hidden} inactive routes`, () => go({ all: state.all ? "" : "1" }))) : null);
}
