/**
 * Folders below a run's in which another program logged some of its series: the halves of a training, as Keras has them,
 * or one curve each, as `SummaryWriter.add_scalars` has them.
 */
import { join, sep } from "node:path";

export interface RunPart {
  /** Directly below the run's. */
  readonly folder: string;
  /** Of a curve: its tag in the files, and what it is called in the run. */
  readonly curve?: { readonly tag: string; readonly name: string };
}

/** What a series of a part is called in the run: `train/epoch_loss`. */
export function tagInRun({ folder, curve }: RunPart, tag: string): string {
  return curve?.tag === tag ? curve.name : `${folder}/${tag}`;
}

/** A run's folder, and those of its parts. */
export function foldersOf(dir: string, parts: readonly RunPart[]): string[] {
  return [dir, ...parts.map(({ folder }) => join(dir, folder))];
}

/** The part in which a file lies. @param file relative to the run's folder */
export function partOfFile(parts: readonly RunPart[], file: string): RunPart | undefined {
  const [folder] = file.split(sep);
  return parts.find((part) => part.folder === folder);
}
