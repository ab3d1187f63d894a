// Elements without markup: every text is a text node, so nothing of the knowledge base is ever read as HTML.

export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else if (name === "value") element.value = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(4).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const words = (text) => String(text ?? "").replaceAll("_", " ");
export const badge = (word, shown) => h("span", { class: `badge ${String(word).replace(/[^a-z_]/g, "")}` }, shown ?? words(word));

// The sign of an answer that rests on a contradiction of the knowledge.
export const mark = (row) => ((row.contradicted || []).length
  ? h("span", { class: "contradicted", title: `rests on a contradiction about ${row.contradicted.join(", ")}` }, " ‡") : null);

export function show(target, ...children) {
  target.replaceChildren(...children.flat(4).filter(Boolean));
}

export function problem(error) {
  return h("div", { class: "card error", role: "alert" }, h("p", {}, error.message), error.hint ? h("p", { class: "quiet" }, error.hint) : null);
}

// The server's drawing: parsed as SVG, never as HTML.
export function drawing(text) {
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  return document.importNode(parsed, true);
}

// A part of a page that the server made: parsed as XML, so that nothing in it is taken for what it is not.
export function part(text, href = () => null) {
  const wrapped = `<div xmlns="http://www.w3.org/1999/xhtml">${text}</div>`;
  const made = document.importNode(new DOMParser().parseFromString(wrapped, "application/xhtml+xml").documentElement, true);
  for (const link of made.querySelectorAll("a[data-agents]")) link.href = href(link.dataset.agents.split(" ").filter(Boolean));
  return made;
}
