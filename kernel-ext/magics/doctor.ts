import type { MagicContext } from "../session/magicContext.js";
import { MagicError, refusing } from "./magicError.js";
import { defineMagic } from "./registry.js";
import { runReferences } from "./runReferences.js";
import { suggestRuns } from "./suggestRuns.js";

export const doctor = defineMagic({
  name: "doctor",
  kind: "line",
  summary: "Says why a run fails: verdict, evidence and what to do.",
  details:
    "Without a run it looks at the newest. A run is a name, an id, a folder, a pattern with *, or a variable. Of several runs of one name it looks at the newest, and says how many are older.",
  examples: ["%doctor", "%doctor baseline", "%doctor 'sigmoid-*' --json", "%doctor baseline --fix"],
  positionals: [{ name: "run", summary: "Which runs", many: true, suggest: suggestRuns }],
  options: {
    json: { type: "flag", summary: "Print the diagnoses, or the fix, as JSON" },
    fix: {
      type: "flag",
      summary:
        "Train copies with what is prescribed, and show which is best: of a run trained in this session",
    },
    attempts: {
      type: "integer",
      min: 1,
      max: 20,
      summary: "With --fix: trainings at most (4)",
    },
  },
  async run(context, { options, positionals }) {
    await refusing(async () => {
      const library = await context.library();
      const references = await runReferences(context, positionals);
      if (options.fix) {
        await showFix(context, references, options);
        return;
      }
      if (options.attempts !== undefined) throw new MagicError("%doctor takes --attempts with --fix only");
      const diagnoses = await library.doctor(references.length > 0 ? references : undefined);
      if (options.json) context.print(`${JSON.stringify(diagnoses, null, 2)}\n`);
      else if (diagnoses.length === 0) context.print(`no run fits ${positionals.join(" ")}\n`);
      else for (const diagnosis of diagnoses) await context.show(diagnosis);
    });
  },
});

async function showFix(
  context: MagicContext,
  references: readonly string[],
  { attempts, json }: { readonly attempts: number | undefined; readonly json: boolean },
): Promise<void> {
  if (references.length > 1)
    throw new MagicError(`%doctor --fix needs one run; it was given ${references.length}`);
  const library = await context.library();
  const reference = references[0] ?? ((await library.doctor())[0]?.dir as string);
  const fix = await library.doctor.fix(reference, {
    say: (line) => context.print(`${line}\n`),
    ...(attempts !== undefined && { attempts }),
  });
  if (json) context.print(`${JSON.stringify(fix, null, 2)}\n`);
  else await context.show(fix);
}
