/**
 * What TensorFlow's ops cost. V8's own sampler is left alone: it looks at the stack wherever a thread is, and a call
 * into TensorFlow has a stack of its own, so that sampling such a call ends the process.
 */
import type { OpCost } from "../../src/index.js";
import { formatDuration } from "./formatDuration.js";
import { MagicError } from "./magicError.js";
import { defineMagic } from "./registry.js";

export const profile = defineMagic({
  name: "profile",
  kind: "both",
  summary: "Runs the cell, or the rest of the line, and says what TensorFlow's ops cost.",
  details: [
    "A training step is captured and runs as one op; with --ops steps run op by op, which is slower, and each is seen.",
    "On a GPU an op's time is that of handing it over; what it computes is waited for where its values are read.",
  ].join("\n"),
  examples: [
    "%profile model.predict(x).dataSync()",
    "%%profile --ops\nawait fit(model, mnist, { epochs: 1, track: false })",
  ],
  options: {
    ops: { type: "flag", summary: "Training steps op by op instead of captured" },
    top: { type: "integer", summary: "How many ops at most", min: 1, default: 12, placeholder: "N" },
    json: { type: "flag", summary: "Print the costs as JSON" },
  },
  positionals: [{ name: "code", summary: "TypeScript to run (with one percent sign)", verbatim: true }],
  body: "code",
  lineBody: "once",
  async run(context, { options, positionals: [code] }) {
    if (!context.call && code === undefined)
      throw new MagicError("%profile requires code: TypeScript to run");
    if (context.call && code !== undefined)
      throw new MagicError(
        `%%profile runs the lines below it, but was given ${JSON.stringify(code)} beside it`,
      );
    const { profileOps } = await context.library();
    const cpuBefore = process.cpuUsage();
    const begin = performance.now();
    const { value, ops } = await profileOps(() => context.runBody(), { eager: options.ops });
    const wall = performance.now() - begin;
    const { user, system } = process.cpuUsage(cpuBefore);
    const cpu = (user + system) / 1000;
    if (options.json) context.print(`${JSON.stringify({ wall, cpu, ops }, null, 2)}\n`);
    else context.print(`${headline(ops, { wall, cpu })}\n${opTable(ops, { wall, top: options.top })}`);
    return value;
  },
});

function headline(ops: readonly OpCost[], { wall, cpu }: { wall: number; cpu: number }): string {
  const times = `wall ${formatDuration(wall / 1000)}, CPU ${formatDuration(cpu / 1000)}`;
  if (ops.length === 0) return `${times}; no TensorFlow op ran`;
  const native = ops.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  return `${times}; in TensorFlow ${formatDuration(native / 1000)} (${share(native, wall)})`;
}

function opTable(ops: readonly OpCost[], { wall, top }: { wall: number; top: number }): string {
  const rows = ops
    .slice(0, top)
    .map(({ name, calls, milliseconds }) => [
      milliseconds.toFixed(1),
      share(milliseconds, wall),
      String(calls),
      (milliseconds / calls).toFixed(3),
      name,
    ]);
  const left = ops.slice(top);
  const rest = left.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  if (left.length > 0) rows.push([rest.toFixed(1), share(rest, wall), "", "", `${left.length} other ops`]);
  return rows.length === 0 ? "" : rightTable([["ms", "of wall", "calls", "ms a call", "op"], ...rows]);
}

function share(part: number, whole: number): string {
  return `${((part / whole) * 100).toFixed(1)} %`;
}

/** Every column but the last stands on the right. */
function rightTable(lines: readonly (readonly string[])[]): string {
  const last = (lines[0]?.length ?? 0) - 1;
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const format = (line: readonly string[]) =>
    line.map((cell, column) => (column === last ? cell : cell.padStart(widths?.[column] ?? 0))).join("  ");
  return lines.map((line) => `${format(line)}\n`).join("");
}
