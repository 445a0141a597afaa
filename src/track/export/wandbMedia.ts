/** What a run has beside numbers, as lines for `wandb_export.py`: texts, tables and charts in them, files as base64. */
import { type ArtifactRecord, storedPath } from "../artifact.js";
import { toJsonObject } from "../jsonValue.js";
import type { ExportedRun } from "./exportedRun.js";

/** What wandb makes of it: `wandb.Html`, `wandb.Table`, `wandb.Image`, `wandb.Audio`. */
type MediaLine =
  | { readonly html: readonly string[] }
  | {
      readonly table: { readonly columns: readonly string[]; readonly rows: readonly (readonly unknown[])[] };
    }
  | { readonly images: readonly string[] }
  | { readonly audio: readonly string[] };

/**
 * @param stepName of a tag, the column that holds its steps
 *
 * A figure is the picture that was drawn of it, else its specification as text: wandb draws specifications only that its
 * server has. Throws what the file system says of what cannot be read.
 */
export function* wandbMedia({ media }: ExportedRun, stepName: (tag: string) => string): Generator<string> {
  const line = (tag: string, { step, wallTime }: { step: number; wallTime: number }, content: MediaLine) =>
    `${JSON.stringify({ media: [{ tag: innerTag(tag), row: { _timestamp: wallTime, [stepName(tag)]: step }, ...content }] })}\n`;
  for (const [tag, points] of media.texts)
    for (const point of points) yield line(tag, point, { html: point.texts.map((text) => text.text()) });
  for (const [tag, points] of media.tables)
    for (const point of points) yield line(tag, point, { table: point.table.read() });
  for (const [tag, points] of media.evaluations)
    for (const point of points) yield line(tag, point, { html: [jsonText(point.evaluation.read())] });
  for (const [tag, points] of media.images)
    for (const point of points) yield line(tag, point, { images: point.images.map(base64) });
  for (const [tag, points] of media.audio)
    for (const point of points)
      yield line(tag, point, { audio: point.clips.map(({ file }) => base64(file)) });
  for (const [tag, points] of media.figures)
    for (const point of points)
      yield line(
        tag,
        point,
        point.picture
          ? { images: point.picture.images.map(base64) }
          : { html: [jsonText(point.spec.read())] },
      );
}

/** Tags under which there is something beside numbers. */
export function mediaTags({ media }: ExportedRun): string[] {
  const { texts, tables, evaluations, images, audio, figures } = media;
  return [
    ...new Set(
      [texts, tables, evaluations, images, audio, figures].flatMap((series) =>
        [...series.keys()].map(innerTag),
      ),
    ),
  ];
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
export function* wandbArtifacts({ data, artifacts }: ExportedRun): Generator<string> {
  for (const artifact of artifacts)
    yield `${JSON.stringify({ artifact: artifactLine(data.dir, artifact) })}\n`;
}

function artifactLine(dir: string, { name, aliases, files }: ArtifactRecord): object {
  return {
    name,
    // wandb gives the newest version, and each version's number, their names itself.
    aliases: aliases.filter((alias) => alias !== "latest"),
    files: files.map(({ path, sha256 }) => ({ path, sha256, at: storedPath(dir, sha256) })),
  };
}

function base64(stored: { bytes(): Uint8Array }): string {
  return Buffer.from(stored.bytes()).toString("base64");
}
