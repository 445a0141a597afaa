/**
 * What a run has beside numbers, as parts of its JSON document: texts, tables and charts stand in it, files by a
 * `FileSink`.
 */
import { createHash } from "node:crypto";
import { extname } from "node:path";
import { type ArtifactFile, type ArtifactRecord, storedPath } from "../artifact.js";
import { digestOf } from "../copyWhole.js";
import { toJsonObject } from "../jsonValue.js";
import type { MediaPoint, RunMedia } from "../runMedia.js";
import type { StoredBytes } from "../storedBytes.js";
import type { FileEntry, FileSink } from "./fileSink.js";
import { leftOut, type OnProblem, orUnread, type Place, type Unread } from "./unread.js";

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
export function* mediaEntries(media: RunMedia, to: MediaExport): Generator<string> {
  const kind = withCommas(to);
  yield* kind({ name: "texts", what: "text", series: media.texts }, ({ texts }, { read }) => ({
    texts: texts.map((text) => read(() => text.text())),
  }));
  yield* kind({ name: "tables", what: "table", series: media.tables }, ({ table }, { read }) =>
    read(() => table.read()),
  );
  yield* kind(
    { name: "evaluations", what: "evaluation", series: media.evaluations },
    ({ evaluation }, { read }) => read(() => toJsonObject(evaluation.read())),
  );
  yield* kind({ name: "prCurves", what: "PR curve", series: media.prCurves }, ({ curve }, { read }) =>
    read(() => toJsonObject(curve.read())),
  );
  yield* kind(
    { name: "images", what: "image", series: media.images },
    ({ width, height, images }, { file }) => ({ width, height, images: images.map(file) }),
  );
  yield* kind({ name: "audio", what: "audio", series: media.audio }, ({ clips }, { file }) => ({
    clips: clips.map((clip) => ({ ...clip.facts, ...file(clip.file) })),
  }));
  yield* kind(
    { name: "figures", what: "figure", series: media.figures },
    ({ spec, picture }, { read, file }) => ({
      ...read(() => ({ spec: spec.read() })),
      ...(picture?.images[0] && { picture: file(picture.images[0]) }),
    }),
  );
}

/** Each version with its files; one whose bytes are no longer those that were kept says so. */
export function artifactsJson(
  dir: string,
  artifacts: readonly ArtifactRecord[],
  { run, sink, onProblem }: MediaExport,
): string {
  const entry = ({ name, version }: ArtifactRecord, file: ArtifactFile): FileEntry | Unread => {
    const sound = orUnread(
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

interface Kind<P> {
  /** In the document. */
  readonly name: string;
  /** For messages. */
  readonly what: string;
  readonly series: ReadonlyMap<string, readonly P[]>;
}

/** Reads parts of a point: of one that cannot be read that is said in its place, and told. */
interface PartReader {
  readonly read: <T>(part: () => T) => T | Unread;
  readonly file: (part: StoredBytes) => StoredFile | Unread;
}

/** A kind's pieces; of all but the first that has any a comma is before them. */
function withCommas(to: MediaExport) {
  let before = "";
  return function* <P extends MediaPoint>(
    { name, what, series }: Kind<P>,
    content: (point: P, reader: PartReader) => object,
  ): Generator<string> {
    if (series.size === 0) return;
    yield `${before}"${name}":{`;
    before = ",";
    for (const [i, [tag, points]] of [...series].entries()) {
      yield `${i > 0 ? "," : ""}${JSON.stringify(tag)}:[`;
      for (const [k, point] of points.entries()) {
        const { step, wallTime } = point;
        const reader = partReader({ run: to.run, what, tag, step }, to);
        yield `${k > 0 ? "," : ""}${JSON.stringify({ step, wallTime, ...content(point, reader) })}`;
      }
      yield "]";
    }
    yield "}";
  };
}

function partReader(place: Place, { sink, onProblem }: MediaExport): PartReader {
  const read = <T>(part: () => T) => orUnread(part, (error) => onProblem(leftOut(place, error)));
  return {
    read,
    file: (part) => {
      const bytes = read(() => part.bytes());
      return bytes instanceof Uint8Array ? storedFile(bytes, sink) : bytes;
    },
  };
}

type StoredFile = FileEntry & { readonly sha256: string };

/** What the disk does not take ends the export: the next file would not be taken either. */
function storedFile(bytes: Uint8Array, sink: FileSink): StoredFile {
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
