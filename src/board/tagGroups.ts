/** Which scalars stand together: in one chart (training and validation), in one section (the tag's prefix). */
import { tags } from "../base/tags.js";
import type { BoardRun } from "./series.js";

export interface ScalarChart {
  readonly title: string;
  /** One tag, or the training series and its validation. */
  readonly tags: readonly string[];
  readonly sets: readonly string[];
}

export interface ScalarGroup {
  readonly group: string;
  readonly charts: readonly ScalarChart[];
}

/** Prefixes of scalars logged once per layer or weight: many tags that say one thing, drawn by a panel of their own. */
export const layerGroups = [
  tags.gradientMeanAbs,
  tags.gradientL2,
  tags.gradientMax,
  tags.gradientZero,
  tags.gradientNonFinite,
  tags.weightL2,
  tags.weightNonFinite,
  tags.updateRatio,
  tags.activationZero,
  tags.activationSaturated,
  tags.activationMeanAbs,
  tags.activationDead,
  tags.activationNonFinite,
].map((tag) => prefixOf(tag("layer")));

/** Of tags that have no prefix. */
export const bareGroup = "scalars";

/** The part before the first slash; `scalars` if there is none. */
export function prefixOf(tag: string): string {
  const slash = tag.indexOf("/");
  return slash > 0 ? tag.slice(0, slash) : bareGroup;
}

export function restOf(tag: string): string {
  const slash = tag.indexOf("/");
  return slash > 0 ? tag.slice(slash + 1) : tag;
}

/** Groups in order: `epoch`, `train`, then as the alphabet has them. Layers' groups are left out. */
export function groupScalars(runs: readonly BoardRun[]): ScalarGroup[] {
  return groupTags(runs.flatMap(({ data }) => [...data.scalars.keys()]));
}

/** The same of tags, in the order in which they were logged first. */
export function groupTags(names: readonly string[]): ScalarGroup[] {
  const all = [...new Set(names)].filter((tag) => !layerGroups.includes(prefixOf(tag)));
  const first = [prefixOf(tags.epoch("loss")), prefixOf(tags.train("loss"))];
  const rank = (group: string) => (first.indexOf(group) + 1 || first.length + 1) - 1;
  const groups = [...new Set(all.map(prefixOf))].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return groups.map((group) => ({ group, charts: pair(all.filter((tag) => prefixOf(tag) === group)) }));
}

/** `epoch/loss` and `epoch/valLoss` make one chart. */
function pair(names: readonly string[]): ScalarChart[] {
  const validations = new Map<string, string>();
  for (const tag of names) {
    const training = trainingOf(tag);
    if (training && names.includes(training)) validations.set(training, tag);
  }
  const paired = new Set(validations.values());
  return names
    .filter((tag) => !paired.has(tag))
    .map((tag) => {
      const validation = validations.get(tag);
      return {
        title: restOf(tag),
        tags: validation ? [tag, validation] : [tag],
        sets: ["training", "validation"],
      };
    });
}

/** `epoch/valLoss` → `epoch/loss`, `a/val_loss` → `a/loss`; undefined for others. */
function trainingOf(tag: string): string | undefined {
  const match = /^(.*\/|)val(?:_(\w+)|([A-Z]\w*))$/.exec(tag);
  if (!match) return undefined;
  const [, path, plain, camel] = match;
  return `${path}${plain ?? `${camel?.[0]?.toLowerCase()}${camel?.slice(1)}`}`;
}
