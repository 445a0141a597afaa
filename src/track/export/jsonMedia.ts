/** What a run has beside numbers, as parts of its JSON document: texts, tables and charts stand in it, files by a `FileSink`. */
import { createHash } from "node:crypto";
import { extname } from "node:path";
import { type ArtifactFile, type ArtifactRecord, storedPath } from "../artifact.js";
import { digestOf } from "../copyWhole.js";
import { toJsonObject } from "../jsonValue.js";
import type { RunMedia } from "../runMedia.js";
import type { FileEntry, FileSink } from "./fileSink.js";
import { leftOut, type OnProblem } from "./unread.js";

/** What could not be read is said in its place, and told. */
type Unread = { readonly problem: string };

/** Of which run, where its files go, and who is told what is left out. */
export interface MediaExport {
  readonly run: string;
  readonly sink: FileSink;
  readonly onProblem: OnProblem;
}

/**
 * By tag the points of each kind, as the inside of a JSON object in pieces, a point each: all of them may be longer than a
 * text can be. Kinds and tags that have none are left out.
 */
export function* mediaEntries(media: RunMedia, { run, sink, onProblem }: MediaExport): Generator<string> {
  const kind = withCommas();
  /** Reads what stands at a place of the run; what that throws is told. */
  const reading =
    (what: string) =>
    (tag: string, { step }: Point) =>
    <T>(read: () => T): T | Unread =>
      orProblem(read, (error) => onProblem(leftOut({ run, what, tag, step }, error)));
  const text = reading("text");
  yield* kind("texts", media.texts, (point, tag) => ({
    texts: point.texts.map((one) => text(tag, point)(() => one.text())),
  }));
  const table = reading("table");
  yield* kind("tables", media.tables, (point, tag) => table(tag, point)(() => point.table.read()));
  const evaluation = reading("evaluation");
  yield* kind("evaluations", media.evaluations, (point, tag) =>
    evaluation(tag, point)(() => toJsonObject(point.evaluation.read())),
  );
  const prCurve = reading("PR curve");
  yield* kind("prCurves", media.prCurves, (point, tag) =>
    prCurve(tag, point)(() => toJsonObject(point.curve.read())),
  );
  const image = reading("image");
  yield* kind("images", media.images, (point, tag) => ({
    width: point.width,
    height: point.height,
    images: point.images.map((one) =>
      stored(
        image(tag, point)(() => one.bytes()),
        sink,
      ),
    ),
  }));
  const audio = reading("audio");
  yield* kind("audio", media.audio, (point, tag) => ({
    clips: point.clips.map(({ facts, file }) => ({
      ...facts,
      ...stored(
        audio(tag, point)(() => file.bytes()),
        sink,
      ),
    })),
  }));
  const figure = reading("figure");
  yield* kind("figures", media.figures, (point, tag) => ({
    ...figure(tag, point)(() => ({ spec: point.spec.read() })),
    ...(point.picture && {
      picture: point.picture.images.map((one) =>
        stored(
          figure(tag, point)(() => one.bytes()),
          sink,
        ),
      )[0],
    }),
  }));
}

/** Each version with its files; one whose bytes are no longer those that were kept says so. */
export function artifactsJson(
  dir: string,
  artifacts: readonly ArtifactRecord[],
  { run, sink, onProblem }: MediaExport,
): string {
  const entry = ({ name, version }: ArtifactRecord, file: ArtifactFile): FileEntry | Unread => {
    const sound = orProblem(
      () => soundFile(dir, file),
      ({ message }) =>
        onProblem(
          `export run ${run}: file ${file.path} of artifact ${name}:v${version} is left out: ${message}`,
        ),
    );
    if (typeof sound !== "string") return sound;
    const ending = extname(file.path);
    return sink(sound, /^\.\w{1,16}$/.test(ending) ? ending : "");
  };
  return JSON.stringify(
    artifacts.map((artifact) => ({
      ...artifact,
      files: artifact.files.map((file) => ({ ...file, ...entry(artifact, file) })),
    })),
  );
}

/** Where its bytes lie. Throws what the file system says, an `Error` if they are no longer those that were kept. */
function soundFile(dir: string, { sha256 }: ArtifactFile): string {
  const path = storedPath(dir, sha256);
  const found = digestOf(path).sha256;
  if (found !== sha256) throw new Error(`its bytes must have SHA-256 ${sha256}; got ${found}`);
  return path;
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
    content: (point: P, tag: string) => object,
  ): Generator<string> {
    if (series.size === 0) return;
    yield `${before}"${name}":{`;
    before = ",";
    for (const [i, [tag, points]] of [...series].entries()) {
      yield `${i > 0 ? "," : ""}${JSON.stringify(tag)}:[`;
      for (const [k, point] of points.entries())
        yield `${k > 0 ? "," : ""}${JSON.stringify({ step: point.step, wallTime: point.wallTime, ...content(point, tag) })}`;
      yield "]";
    }
    yield "}";
  };
}

function orProblem<T>(read: () => T, tell: (error: Error) => void): T | Unread {
  try {
    return read();
  } catch (error) {
    tell(error as Error);
    return { problem: (error as Error).message };
  }
}

/** What the disk does not take ends the export: the next file would not be taken either. */
function stored(
  bytes: Uint8Array | Unread,
  sink: FileSink,
): (FileEntry & { readonly sha256: string }) | Unread {
  if (!(bytes instanceof Uint8Array)) return bytes;
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
