// Questions to this server; answers of questions that were asked before are kept for the session.

const kept = new Map();

export class Refused extends Error {
  constructor(told, status) {
    super(told.error || `the server answered ${status}`);
    this.code = told.code || "";
    this.hint = told.hint || "";
  }
}

function encoded(fields) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    for (const item of Array.isArray(value) ? value : [value]) if (item) query.append(name, item);
  }
  return query.toString();
}

export async function ask(question, fields = {}) {
  const path = `/api/${question}?${encoded(fields)}`;
  if (!kept.has(path)) {
    if (kept.size > 300) kept.clear();
    kept.set(path, fetch(path).then(async (answer) => {
      const told = await answer.json().catch(() => ({ error: `the server answered ${answer.status}` }));
      if (!answer.ok) throw new Refused(told, answer.status);
      return told;
    }));
    kept.get(path).catch(() => kept.delete(path));
  }
  return kept.get(path);
}

export async function sparql(query, accept, { bind = [], shipped = "" } = {}) {
  const body = new URLSearchParams({ query });
  for (const pair of bind) body.append("bind", pair);
  if (shipped && bind.length) body.append("shipped", shipped);
  const answer = await fetch("/sparql", { method: "POST", body, headers: { accept } });
  const text = await answer.text();
  if (!answer.ok) {
    const [error, hint] = text.trim().split("\n");
    throw new Refused({ error, hint }, answer.status);
  }
  return { text, type: answer.headers.get("content-type") || "" };
}
