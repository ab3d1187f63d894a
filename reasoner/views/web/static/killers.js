// Killers that are stated to act against a broader cell or disease only.

/** A sentence for each such killer of an assessment or a regimen. */
export function broader(told, name) {
  return told.killer_scopes.filter((row) => row.scope !== "exact").map((row) => `${name(row.agent)} is stated to act against ${place(row, name)}, not against this cell`);
}

function place(row, name) {
  return name(row.cell) + (row.diseases.length ? ` in ${row.diseases.map(name).join(" or ")}` : "");
}
