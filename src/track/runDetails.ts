/** What a run, or a part of one, is told of itself. */
import type { PreflightRecord } from "../base/preflightRecord.js";
import { toJsonObject } from "./jsonValue.js";
import { recordedConfig } from "./recordedConfig.js";
import type { ModelSummary, RunRecord } from "./runRecord.js";

/** What may be added to a run's record after it was opened. */
export interface RunDetails {
  /** Added to what the run was opened with, which wins. */
  readonly config?: object;
  readonly model?: ModelSummary;
  readonly seed?: number;
  readonly environment?: object;
  readonly preflight?: PreflightRecord;
  readonly notes?: string;
}

/** What a record is to have of them, beside what it has: environments are merged. */
export function recordedDetails(
  { config, model, seed, environment, preflight, notes }: RunDetails,
  kept: Pick<RunRecord, "config" | "environment">,
): Partial<RunRecord> {
  return {
    ...(config && { config: { ...recordedConfig(config), ...kept.config } }),
    ...(model !== undefined && { model }),
    ...(seed !== undefined && { seed }),
    ...(preflight && { preflight }),
    ...(notes !== undefined && { notes }),
    ...(environment && { environment: { ...kept.environment, ...toJsonObject(environment) } }),
  };
}

/** What a part of a run may be given; the rest it has of its whole. */
export interface ChildOptions {
  /** What people call the part; any text. */
  readonly name?: string;
  readonly config?: object;
  readonly tags?: readonly string[];
  readonly notes?: string;
  /** Default: the whole's. */
  readonly group?: string;
  readonly seed?: number;
  readonly system?: number | boolean;
  readonly output?: boolean;
}
