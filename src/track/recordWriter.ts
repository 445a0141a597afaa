/** The part of a run that keeps things in its record: a person's own summary, alerts, artifacts. */
import { type Alert, type AlertOptions, alertLine, givenAlert, mostAlerts, withAlert } from "./alerts.js";
import { Artifact } from "./artifact.js";
import { type ArtifactOptions, keepArtifact } from "./keepArtifact.js";
import { MediaWriter } from "./mediaWriter.js";
import { givenSummary, type SummaryValue } from "./ownSummary.js";
import type { RunRecord } from "./runRecord.js";

export abstract class RecordWriter extends MediaWriter {
  abstract readonly dir: string;

  abstract get name(): string;

  /** The record as it is kept. */
  protected abstract get kept(): RunRecord;

  /** Changes the record; without `now` it is written with the next sign of life. */
  protected abstract keep(changes: Partial<RunRecord>, options: { readonly now: boolean }): void;

  /** ISO 8601, UTC. */
  protected abstract now(): string;

  /** Says a sentence where the run's output goes. */
  protected abstract say(sentence: string): void;

  /** Throws an `Error` if the run is finished. */
  protected abstract checkOpen(what: string): void;

  /**
   * Sets values of the run's summary, such as what it reached on test data. They stand before those that were computed
   * of its series: a number set as `valLoss` is shown and sorted by in the place of the last `epoch/valLoss`.
   *
   * Throws a `TypeError` unless each value is a number, a text or a boolean.
   *
   * @example run.summary({ testAccuracy: 0.974, data: "without the last batch" });
   */
  summary(values: Readonly<Record<string, SummaryValue>>): void {
    const given = givenSummary(values);
    this.checkOpen("summary");
    this.keep({ ownSummary: { ...this.kept.ownSummary, ...given } }, { now: true });
  }

  /**
   * Calls the person's attention: one line where the run's output goes, and an entry in its record. Alerts of one level
   * and title are said once and counted.
   *
   * Throws a `TypeError` if title or text is no text, a `RangeError` for an empty title or an unknown level.
   *
   * @example run.alert("loss jumps", `from 0.3 to 8 at step 120`, { level: "warn" });
   */
  alert(title: string, text = "", options: AlertOptions = {}): void {
    const given = givenAlert(title, text, options);
    this.checkOpen("alert");
    const { alerts, first } = withAlert(this.alerts, given, this.now());
    if (first) this.say(`run ${this.name}: ${alertLine(given)}`);
    if (alerts.length <= mostAlerts) this.keep({ alerts }, { now: first });
  }

  /** In the order in which they first came. */
  get alerts(): readonly Alert[] {
    return this.kept.alerts ?? [];
  }

  /**
   * Keeps a file, a folder or bytes with the run, under `artifacts/` in its folder; equal bytes lie there once. When it
   * returned they are on the disk. What has the bytes of the newest version of its name makes no new version.
   *
   * Throws a `TypeError` for what is neither path nor bytes, a `RangeError` for a path with nothing at it, a folder that is
   * empty or holds links, a bad name; what the file system says.
   *
   * @param from path, or bytes with a `name`
   * @example run.artifact("model", { alias: "best" }).copyTo("elsewhere");
   */
  artifact(from: string | Uint8Array | ArrayBuffer, options: ArtifactOptions = {}): Artifact {
    this.checkOpen("artifact");
    const { artifacts = [] } = this.kept;
    const into = { runFolder: this.dir, artifacts, now: this.now() };
    const kept = keepArtifact(from, options, into);
    this.keep({ artifacts: kept.artifacts }, { now: true });
    return new Artifact(this.dir, kept.artifact);
  }

  /** Oldest first. */
  get artifacts(): readonly Artifact[] {
    return (this.kept.artifacts ?? []).map((record) => new Artifact(this.dir, record));
  }
}
