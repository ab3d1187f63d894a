// Killers that are stated to act against a broader cell or disease, or only as members of a class.

/** A sentence for each such killer of an assessment or a regimen. */
export function broader(told, name) {
  return told.killer_scopes.map((row) => sentence(row, name)).filter(Boolean);
}

function sentence(row, name) {
  const itself = row.stated_for.includes(row.agent) || row.through.length > 0;
  const who = itself ? name(row.agent) : row.stated_for.map(name).join(" or ");
  if (row.scope !== "exact") return `${who} is stated to act against ${place(row, name)}, not against this cell`;
  return itself ? "" : `that ${name(row.agent)} acts against this cell is stated for ${who}`;
}

function place(row, name) {
  return name(row.cell) + (row.diseases.length ? ` in ${row.diseases.map(name).join(" or ")}` : "");
}
