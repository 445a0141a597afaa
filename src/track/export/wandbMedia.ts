/** What a run has beside numbers, as lines for `wandb_export.py`: texts, tables and charts in them, files as base64. */
import { type ArtifactRecord, storedPath } from "../artifact.js";
import { toJsonObject } from "../jsonValue.js";
import { type MediaPoint, mediaTags } from "../runMedia.js";
import type { ExportedRun } from "./exportedRun.js";
import { leftOut, type OnProblem, orUnread, placeText } from "./unread.js";

/** What wandb makes of it: `wandb.Html`, `wandb.Table`, `wandb.Image`, `wandb.Audio`. */
type MediaLine =
  | { readonly html: readonly string[] }
  | {
      readonly table: { readonly columns: readonly string[]; readonly rows: readonly (readonly unknown[])[] };
    }
  | { readonly images: readonly string[] }
  | { readonly audio: readonly string[] };

interface Kind<P> {
  /** For messages. */
  readonly what: string;
  readonly series: ReadonlyMap<string, readonly P[]>;
  /** Throws what the file system says of what cannot be read. */
  readonly content: (point: P) => MediaLine;
}

/**
 * A figure is the picture that was drawn of it, else its specification as text: wandb draws specifications only that its
 * server has. What cannot be read is told and left out.
 *
 * @param stepName of a tag, the column that holds its steps
 */
export function* wandbMedia(
  { row: run, media }: ExportedRun,
  { stepName, onProblem }: { readonly stepName: (tag: string) => string; readonly onProblem: OnProblem },
): Generator<string> {
  function* kind<P extends MediaPoint>({ what, series, content }: Kind<P>): Generator<string> {
    for (const [tag, points] of series)
      for (const point of points) {
        const place = { run: run.name, what, tag, step: point.step };
        const row = { _timestamp: point.wallTime, [stepName(tag)]: point.step };
        const line = orUnread(
          () => content(point),
          (error) => onProblem(leftOut(place, error)),
        );
        if (!("problem" in line))
          yield `${JSON.stringify({ media: [{ tag: innerTag(tag), place: placeText(place), row, ...line }] })}\n`;
      }
  }
  const { texts, tables, evaluations, images, audio, figures, prCurves } = media;
  yield* kind({
    what: "text",
    series: texts,
    content: (point) => ({ html: point.texts.map((one) => one.text()) }),
  });
  yield* kind({ what: "table", series: tables, content: ({ table }) => ({ table: table.read() }) });
  yield* kind({
    what: "evaluation",
    series: evaluations,
    content: ({ evaluation }) => ({ html: [jsonText(evaluation.read())] }),
  });
  yield* kind({
    what: "PR curve",
    series: prCurves,
    content: ({ curve }) => ({ table: { columns: ["recall", "precision"], rows: curve.read().points } }),
  });
  yield* kind({ what: "image", series: images, content: (point) => ({ images: point.images.map(base64) }) });
  yield* kind({
    what: "audio",
    series: audio,
    content: ({ clips }) => ({ audio: clips.map(({ file }) => base64(file)) }),
  });
  yield* kind({
    what: "figure",
    series: figures,
    content: ({ picture, spec }) =>
      picture ? { images: picture.images.map(base64) } : { html: [jsonText(spec.read())] },
  });
}

/** As wandb is given them, the tags under which there is something beside numbers. */
export function wandbMediaTags({ media }: ExportedRun): string[] {
  return [...new Set(mediaTags(media).map(innerTag))];
}

/** wandb makes a file's path of it, which must not lead out of the run's folder. */
function innerTag(tag: string): string {
  return tag
    .split(/[/\\\0]/)
    .map((part) => (part === "" || part === "." || part === ".." ? "-" : part))
    .join("/");
}

function jsonText(content: object): string {
  return JSON.stringify(toJsonObject(content), null, 1);
}

/** Versions in the order in which they were kept, each with its aliases and where its files lie. */
export function* wandbArtifacts(
  { row, data, artifacts }: ExportedRun,
  onProblem: OnProblem,
): Generator<string> {
  for (const artifact of artifacts) {
    const what = `export run ${row.name}: artifact ${artifact.name}:v${artifact.version}`;
    const line = orUnread(
      () => artifactLine(data.dir, artifact),
      (error) => onProblem(`${what} is left out: ${error.message}`),
    );
    if (!("problem" in line)) yield `${JSON.stringify({ artifact: line })}\n`;
  }
}

function artifactLine(dir: string, { name, version, aliases, files }: ArtifactRecord): object {
  return {
    name,
    version,
    // wandb gives the newest version, and each version's number, their names itself.
    aliases: aliases.filter((alias) => alias !== "latest"),
    files: files.map(({ path, sha256 }) => ({ path, sha256, at: storedPath(dir, sha256) })),
  };
}

function base64(stored: { bytes(): Uint8Array }): string {
  return Buffer.from(stored.bytes()).toString("base64");
}
