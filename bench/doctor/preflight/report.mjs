// The table of what the preflight finds of each family.
import { table } from "../../shared/report.mjs";
import { counted } from "../report.mjs";
import { findingName, found, visible } from "./figures.mjs";

export function tellPreflight(all) {
  const families = [...new Set(all.map(({ definition }) => definition.family))];
  table([
    ["family", "runs", "with a finding", "rightly named", "before step 1", "findings"],
    ...families.map((family) => {
      const of = all.filter(({ definition }) => definition.family === family);
      const { runs, any, right } = found(of);
      const isFaulty = of[0].definition.must.length > 0;
      const where = isFaulty ? (visible.includes(family) ? "visible" : "not visible") : "healthy";
      return [family, runs, any, isFaulty ? right : "–", where, counted(namesOf(of))];
    }),
  ]);
  const fine = all.filter(
    ({ definition, preflight }) => definition.must.length === 0 && preflight.findings.length > 0,
  );
  for (const { definition, seed, preflight } of fine)
    for (const { message } of preflight.findings) console.log(`  ${definition.id} seed ${seed}: ${message}`);
  const left = all.flatMap(({ preflight }) =>
    preflight.notChecked.map(({ check, why }) => `${check} (${why})`),
  );
  console.log(`not checked: ${counted(left) || "nothing"}`);
}

function namesOf(all) {
  return all.flatMap(({ preflight }) => [...new Set(preflight.findings.map(findingName))]);
}
