// Questions to this server; answers of questions that were asked before are kept for the session.

const kept = new Map();
// How often a busy server is asked again, and the most seconds between two times.
const TRIES = 6, LONGEST = 10;

// Tells ("change", with their number) how many questions wait for a busy server.
export const waiting = new EventTarget();
let waits = 0;

function wait(change) {
  waits += change;
  waiting.dispatchEvent(new CustomEvent("change", { detail: waits }));
}

// As fetch; a server that says when to come back is asked again then. One that says nothing has answered.
async function fetched(path, options) {
  for (let left = TRIES; ; left -= 1) {
    const answer = await fetch(path, options);
    const after = Number(answer.headers.get("retry-after"));
    if (answer.status !== 503 || !left || !(after > 0)) return answer;
    wait(+1);
    await new Promise((done) => setTimeout(done, 1000 * Math.min(after, LONGEST)));
    wait(-1);
  }
}

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
    kept.set(path, fetched(path).then(async (answer) => {
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
  const answer = await fetched("/sparql", { method: "POST", body, headers: { accept } });
  const text = await answer.text();
  if (!answer.ok) {
    const [error, hint] = text.trim().split("\n");
    throw new Refused({ error, hint }, answer.status);
  }
  return { text, type: answer.headers.get("content-type") || "" };
}
