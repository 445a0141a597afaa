import { refusing } from "./magicError.js";
import { defineMagic } from "./registry.js";
import { runReferences } from "./runReferences.js";
import { suggestRuns } from "./suggestRuns.js";

export const doctor = defineMagic({
  name: "doctor",
  kind: "line",
  summary: "Says why a run fails: verdict, evidence and what to do.",
  details:
    "Without a run it looks at the newest. A run is a name, an id, a folder, a pattern with *, or a variable. Of several runs of one name it looks at the newest, and says how many are older.",
  examples: ["%doctor", "%doctor baseline", "%doctor 'sigmoid-*' --json"],
  positionals: [{ name: "run", summary: "Which runs", many: true, suggest: suggestRuns }],
  options: { json: { type: "flag", summary: "Print the diagnoses as JSON" } },
  async run(context, { options, positionals }) {
    await refusing(async () => {
      const library = await context.library();
      const references = await runReferences(context, positionals);
      const diagnoses = await library.doctor(references.length > 0 ? references : undefined);
      if (options.json) context.print(`${JSON.stringify(diagnoses, null, 2)}\n`);
      else if (diagnoses.length === 0) context.print(`no run fits ${positionals.join(" ")}\n`);
      else for (const diagnosis of diagnoses) await context.show(diagnosis);
    });
  },
});
