/**
 * The values an objective was seen to ask for, as a tree: which combinations were tried, and which are left.
 * Works where the space is only known from the trials themselves and depends on their values (define-by-run).
 *
 * Invariants: an inner node is the parameter asked for after the values on the way to it; a leaf is a combination
 * that was tried. `done` nodes have nothing left below them. Once two trials with the same values on their way asked
 * for different parameters, the tree is `irregular`, and nothing is said to be exhausted.
 */
import {
  cardinality,
  type Distribution,
  type ParameterValue,
  sameDistribution,
  valueAt,
} from "./distribution.js";
import type { Parameters } from "./space.js";
import type { TrialRecord } from "./trialRecord.js";

interface Node {
  readonly name: string;
  readonly distribution: Distribution;
  readonly count: number;
  readonly children: Map<ParameterValue, Node | undefined>;
  doneChildren: number;
}

export class ChoiceTree {
  private root: Node | undefined;
  private planted = false;
  irregular = false;

  /** True when every combination was tried. */
  get exhausted(): boolean {
    return !this.irregular && this.planted && (this.root === undefined || isDone(this.root));
  }

  /** Adds a finished trial's path. */
  insert(trial: TrialRecord): void {
    const path = Object.keys(trial.params);
    // What failed before it asked for anything says nothing about the space.
    if (path.length === 0 && trial.state !== "complete") return;
    if (!this.planted) {
      this.planted = true;
      this.root = path.length === 0 ? undefined : nodeOf(trial, path[0] as string);
    }
    const way: Node[] = [];
    let node = this.root;
    for (const [depth, name] of path.entries()) {
      if (
        !node ||
        node.name !== name ||
        !sameDistribution(node.distribution, trial.distributions[name] as Distribution)
      ) {
        this.irregular = true;
        return;
      }
      way.push(node);
      const value = trial.params[name] as ParameterValue;
      if (!node.children.has(value)) {
        const following = path[depth + 1];
        const child = following === undefined ? undefined : nodeOf(trial, following);
        node.children.set(value, child);
        if (!child) node.doneChildren++;
        node = child;
      } else {
        node = node.children.get(value);
        if (!node && depth + 1 < path.length) this.irregular = true;
        if (this.irregular || !node) return;
      }
    }
    if (node && trial.state === "complete") this.irregular = true;
    else if (node) this.cutShort(trial, node, way);
    this.settle(way);
  }

  /** A trial that failed or was pruned before its last parameter: the combination it was meant for counts as tried. */
  private cutShort(trial: TrialRecord, from: Node, way: Node[]): void {
    let node: Node | undefined = from;
    while (node) {
      way.push(node);
      const value = meant(node, trial.proposal);
      if (node.children.has(value)) node = node.children.get(value);
      else {
        node.children.set(value, undefined);
        node.doneChildren++;
        return;
      }
    }
    way.length = 0;
  }

  /** A parent is told once when its child turns done. */
  private settle(way: Node[]): void {
    for (let i = way.length - 1; i > 0 && isDone(way[i] as Node); i--) (way[i - 1] as Node).doneChildren++;
  }

  /**
   * The first combination in order that is neither tried nor running; parameters below it are yet unknown.
   * `wait` when only running trials can tell, `exhausted` when nothing is left.
   */
  next(running: readonly Parameters[]): Parameters | "wait" | "exhausted" {
    if (!this.planted) return running.length === 0 ? {} : "wait";
    if (!this.root || isDone(this.root)) return "exhausted";
    return this.search(this.root, {}, running);
  }

  private search(
    node: Node,
    prefix: Parameters,
    running: readonly Parameters[],
  ): Parameters | "wait" | "exhausted" {
    let blocked = false;
    for (let i = 0; i < node.count; i++) {
      const value = valueAt(node.distribution, i);
      const child = node.children.get(value);
      if (child ? isDone(child) : node.children.has(value)) continue;
      const way = { ...prefix, [node.name]: value };
      const through = running.filter((params) => meant(node, params) === value);
      if (child) {
        const found = this.search(child, way, through);
        if (typeof found === "object") return found;
        blocked ||= found === "wait";
      } else if (through.length === 0) return way;
      else blocked = true;
    }
    return blocked ? "wait" : "exhausted";
  }
}

function nodeOf(trial: TrialRecord, name: string): Node {
  const distribution = trial.distributions[name] as Distribution;
  return { name, distribution, count: cardinality(distribution), children: new Map(), doneChildren: 0 };
}

/** The value a trial with this proposal takes at the node; one that was not proposed is the first. */
function meant(node: Node, proposal: Parameters): ParameterValue {
  const value = proposal[node.name];
  return value === undefined ? valueAt(node.distribution, 0) : value;
}

function isDone(node: Node): boolean {
  return node.doneChildren === node.count;
}
