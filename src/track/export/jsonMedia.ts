/** What a run has beside numbers, as parts of its JSON document: texts, tables and charts stand in it, files by a `FileSink`. */
import { createHash } from "node:crypto";
import { extname } from "node:path";
import { type ArtifactRecord, storedPath } from "../artifact.js";
import { digestOf } from "../copyWhole.js";
import { toJsonObject } from "../jsonValue.js";
import type { RunMedia } from "../runMedia.js";
import type { StoredBytes } from "../storedBytes.js";
import type { FileEntry, FileSink } from "./fileSink.js";

/** What could not be read is said in its place: the rest is worth having. */
type Unread = { readonly problem: string };

/**
 * By tag the points of each kind, as the inside of a JSON object in pieces, a point each: all of them may be longer than a
 * text can be. Kinds and tags that have none are left out.
 */
export function* mediaEntries(media: RunMedia, sink: FileSink): Generator<string> {
  const kind = withCommas();
  const file = (stored: StoredBytes) => orProblem(() => storedFile(stored.bytes(), sink));
  yield* kind("texts", media.texts, ({ texts }) => ({
    texts: texts.map((text) => orProblem(() => text.text())),
  }));
  yield* kind("tables", media.tables, ({ table }) => orProblem(() => table.read()));
  yield* kind("evaluations", media.evaluations, ({ evaluation }) =>
    orProblem(() => toJsonObject(evaluation.read())),
  );
  yield* kind("images", media.images, ({ width, height, images }) => ({
    width,
    height,
    images: images.map(file),
  }));
  yield* kind("audio", media.audio, ({ clips }) => ({
    clips: clips.map((clip) => ({ ...clip.facts, ...file(clip.file) })),
  }));
  yield* kind("figures", media.figures, ({ spec, picture }) => ({
    ...orProblem(() => ({ spec: spec.read() })),
    ...(picture && { picture: picture.images.map(file)[0] }),
  }));
}

/** Each version with its files; one whose bytes are no longer those that were kept says so. */
export function artifactsJson(dir: string, artifacts: readonly ArtifactRecord[], sink: FileSink): string {
  return JSON.stringify(
    artifacts.map((artifact) => ({
      ...artifact,
      files: artifact.files.map((file) => ({
        ...file,
        ...orProblem(() => artifactFile(storedPath(dir, file.sha256), file, sink)),
      })),
    })),
  );
}

function artifactFile(
  stored: string,
  { path, sha256 }: { readonly path: string; readonly sha256: string },
  sink: FileSink,
): FileEntry {
  const found = digestOf(stored).sha256;
  if (found !== sha256) throw new Error(`its bytes must have SHA-256 ${sha256}; got ${found}`);
  const ending = extname(path);
  return sink(stored, /^\.\w{1,16}$/.test(ending) ? ending : "");
}

interface Point {
  readonly step: number;
  readonly wallTime: number;
}

/** A kind's pieces; of all but the first that has any a comma is before them. */
function withCommas() {
  let before = "";
  return function* <P extends Point>(
    name: string,
    series: ReadonlyMap<string, readonly P[]>,
    content: (point: P) => object,
  ): Generator<string> {
    if (series.size === 0) return;
    yield `${before}"${name}":{`;
    before = ",";
    for (const [i, [tag, points]] of [...series].entries()) {
      yield `${i > 0 ? "," : ""}${JSON.stringify(tag)}:[`;
      for (const [k, point] of points.entries())
        yield `${k > 0 ? "," : ""}${JSON.stringify({ step: point.step, wallTime: point.wallTime, ...content(point) })}`;
      yield "]";
    }
    yield "}";
  };
}

function orProblem<T>(read: () => T): T | Unread {
  try {
    return read();
  } catch (error) {
    return { problem: (error as Error).message };
  }
}

function storedFile(bytes: Uint8Array, sink: FileSink): FileEntry & { readonly sha256: string } {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { ...sink(bytes, endingOf(bytes)), sha256 };
}

/** By the signs with which files of these kinds begin. */
function endingOf(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, 4)).toString("latin1");
  if (start === "\x89PNG") return ".png";
  if (start.startsWith("\xff\xd8\xff")) return ".jpg";
  if (start === "GIF8") return ".gif";
  return start === "RIFF" ? ".wav" : "";
}
