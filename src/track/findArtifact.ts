/** Finds an artifact of a run by what people call it. */
import { didYouMean } from "../base/nearestName.js";
import { Artifact, type ArtifactRecord } from "./artifact.js";
import { newestRun } from "./newestRun.js";
import { readRunRecord } from "./runReader.js";

/**
 * An artifact of a run: by its name (the newest version), its alias, or both as `name:alias` or `name:v3`.
 *
 * Throws a `RangeError` if there is no such run or artifact, or an alias alone fits artifacts of several names.
 *
 * @param run a run, a row of `runs()`, or what a run is called (folder, id, name: the newest of that name).
 * @example
 * const [best] = runs({ sort: "-valAccuracy" });
 * if (best) findArtifact(best, "model:best").copyTo("restored");
 */
export function findArtifact(run: string | { readonly dir: string }, reference: string): Artifact {
  const dir = typeof run === "string" ? newestRun(run) : run.dir;
  if (dir === undefined) throw new RangeError(`find artifact: no run is called ${JSON.stringify(run)}`);
  const { artifacts = [], name } = readRunRecord(dir);
  const found = fitting(artifacts, reference);
  const [artifact, second] = found;
  if (artifact && !second) return new Artifact(dir, artifact);
  if (second)
    throw new RangeError(
      `find artifact ${JSON.stringify(reference)} of run ${name}: an alias alone must fit one; it fits ${found.map((one) => `${one.name}:v${one.version}`).join(", ")}`,
    );
  const known = [
    ...new Set(artifacts.flatMap((one) => [one.name, ...one.aliases.map((alias) => `${one.name}:${alias}`)])),
  ];
  const hint =
    known.length === 0
      ? " It has none"
      : didYouMean(reference, known) || ` It has ${known.slice(0, 8).join(", ")}`;
  throw new RangeError(
    `find artifact ${JSON.stringify(reference)} of run ${name}: it must be the name, alias or name:alias of one.${hint}`,
  );
}

function fitting(artifacts: readonly ArtifactRecord[], reference: string): readonly ArtifactRecord[] {
  const [name, alias] = reference.split(":") as [string, string | undefined];
  const has = (one: ArtifactRecord, which: string) =>
    one.aliases.includes(which) || `v${one.version}` === which;
  if (alias !== undefined) return artifacts.filter((one) => one.name === name && has(one, alias));
  const newest = artifacts.findLast((one) => one.name === name);
  return newest ? [newest] : artifacts.filter((one) => one.aliases.includes(name));
}
