/** Texts, pictures and model graphs of runs in plain text, for terminals. */
import { counted } from "../base/counted.js";
import { textTable } from "../base/table.js";
import { visibleControls } from "../base/visibleControls.js";
import type { GraphNode } from "../track/graphDefinition.js";
import type { BoardEvaluations, BoardPictures, BoardPrCurves, BoardTable } from "./boardMedia.js";
import { confusionsOf } from "./confusedClasses.js";
import { metricsText } from "./evaluationCards.js";
import { confusionTable } from "./largestConfusions.js";
import { curveName } from "./panels/prCurves.js";
import { noteOf, plainTable } from "./panels/tables.js";
import { percentText, signOf } from "./pictureLabels.js";
import type { BoardRun } from "./series.js";
import { soundFacts } from "./soundFacts.js";
import { wrapped } from "./wrapped.js";

const width = 100;
const mostLines = 12;
/** Of a confusion matrix. */
const mostClasses = 20;
const mostConfusions = 10;
/** Of a table. */
const mostRows = 20;

export function mediaText(runs: readonly BoardRun[]): string {
  return runs
    .flatMap(({ label: name, media }) => {
      if (!media) return [];
      const label = visibleControls(name);
      const { texts, images, figures, evaluations, prCurves, tables, audio, graph } = media;
      return [
        ...[...images].map(([tag, found]) => picturesText(`${visibleControls(tag)} of ${label}`, found)),
        ...[...(figures ?? [])].map(
          ([tag, { count }]) => `figure ${visibleControls(tag)} of ${label}: ${counted(count, "step")}`,
        ),
        ...[...texts].map(([tag, { shown }]) => {
          const [newest] = shown;
          const all = wrapped(newest?.text ?? "", width);
          const lines = all.slice(0, mostLines);
          const left = all.length - lines.length;
          return [
            `text ${visibleControls(tag)} of ${label}, step ${newest?.step}:`,
            ...lines.map((line) => `  ${line}`.trimEnd()),
            ...(left > 0 ? [`  … ${counted(left, "more line")}: --html FILE shows the whole`] : []),
          ].join("\n");
        }),
        ...[...(evaluations ?? [])].map(([tag, found]) =>
          evaluationText(`${visibleControls(tag)} of ${label}`, found),
        ),
        ...[...(prCurves ?? [])].flatMap(([tag, found]) =>
          prCurveText(`${visibleControls(curveName(tag))} of ${label}`, found),
        ),
        ...[...(tables ?? [])].map(([tag, found]) => tableText(`${visibleControls(tag)} of ${label}`, found)),
        ...[...(audio ?? [])].flatMap(([tag, { shown }]) =>
          shown.flatMap(({ step, clips }) =>
            clips.map(
              (clip) => `sound ${visibleControls(tag)} of ${label}, step ${step}: ${soundFacts(clip)}`,
            ),
          ),
        ),
        ...(graph ? [`layers of ${label}:\n${layerTable(graph)}`] : []),
      ];
    })
    .join("\n\n");
}

function picturesText(name: string, { size, count, shown }: BoardPictures): string {
  const head = `pictures ${name}: ${counted(count, "step")}${size && `, ${size}`}`;
  const newest = shown.at(-1);
  if (!newest?.labels) return head;
  const rows = newest.labels.map((label) => [
    signOf(label),
    visibleControls(label.truth),
    visibleControls(label.predicted),
    percentText(label.probability),
  ]);
  const table = textTable({ header: ["", "true", "predicted", "probability"], rows, right: ["probability"] });
  return `${head}; of step ${newest.step}:\n${table}`;
}

function evaluationText(name: string, { shown }: BoardEvaluations): string {
  const [newest] = shown;
  if (!newest) return "";
  const { step, content } = newest;
  const head = `evaluation ${name}, step ${step}: ${metricsText(content)}`;
  if (content.kind === "regression") return head;
  const { classNames, counts } = content;
  if (classNames.length > mostClasses) {
    const found = confusionsOf(content, mostConfusions);
    return found.length > 0 ? `${head}\nlargest confusions:\n${textTable(confusionTable(found))}` : head;
  }
  const rows = counts.map((row, k) => [classNames[k], ...row]);
  return `${head}\n${textTable({ header: ["true \\ predicted", ...classNames], rows })}`;
}

function prCurveText(name: string, { shown: [newest] }: BoardPrCurves): string[] {
  if (!newest) return [];
  const { step, averagePrecision, thresholds } = newest;
  return [
    `PR curve ${name}, step ${step}: average precision ${averagePrecision.toFixed(3)} at ${counted(thresholds, "threshold")}`,
  ];
}

function tableText(name: string, found: BoardTable): string {
  const rows = found.rows.slice(0, mostRows);
  const table = plainTable({ ...found, rows });
  return `table ${name}, ${noteOf(found, rows.length)}:\n${textTable(table)}`;
}

function layerTable(nodes: readonly GraphNode[]): string {
  const rows = nodes.map(({ name, kind, shapes, parameters, inputs }) => [
    name,
    kind,
    shapes.map((shape) => `[${shape.map((size) => size ?? "n").join(", ")}]`).join(" "),
    parameters ?? "",
    inputs.join(", "),
  ]);
  return textTable({ header: ["layer", "kind", "puts out", "parameters", "from"], rows });
}
