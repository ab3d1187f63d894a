// The state of the page is its address: a view and its fields, so that any view can be mailed.

const LISTS = ["agents", "state", "with"];

export function read() {
  const [view, query] = location.hash.replace(/^#\/?/, "").split("?");
  const fields = new URLSearchParams((query || "").replaceAll("+", "%2B"));
  const state = { view: view || "niche" };
  for (const [name, value] of fields) state[name] = LISTS.includes(name) ? value.split("+").filter(Boolean) : value;
  for (const name of LISTS) state[name] ||= [];
  state.cell ||= "";
  return state;
}

export function address(state) {
  const { view, ...rest } = state;
  const fields = Object.entries(rest)
    .map(([name, value]) => [name, Array.isArray(value) ? value.join("+") : value])
    .filter(([, value]) => value)
    .map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll("%2B", "+")}`);
  return `#${view}${fields.length ? `?${fields.join("&")}` : ""}`;
}

export function go(change, replace = false) {
  const next = address({ ...read(), ...change });
  if (replace) history.replaceState(null, "", next);
  else if (next !== location.hash) { history.pushState(null, "", next); }
  dispatchEvent(new Event("hashchange"));
}

// The fields of a place, and of a scenario, as the API takes them.
export function place(state) {
  return { cell: state.cell, disease: state.disease, state: state.state, background: state.with };
}

export function scenario(state) {
  return { ...place(state), regimen: state.agents.join("+"), labels: "1" };
}
