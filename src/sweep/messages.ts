/**
 * What a coordinator and a worker process say to each other: one JSON value a message.
 *
 * Invariant: everything about a trial names its number and attempt; what names an attempt that is not running is
 * ignored by either side. A worker runs one trial at a time.
 */
import type { Distribution, ParameterValue } from "./distribution.js";
import type { TrialJob } from "./trialLink.js";

/** Coordinator → worker. */
export type WorkerCommand =
  /** First of all; answered by `ready` or `broken`. What `setup` holds is the worker's own affair. */
  | { readonly type: "setup"; readonly setup: unknown }
  | { readonly type: "start"; readonly job: TrialJob }
  | {
      readonly type: "verdict";
      readonly trial: number;
      readonly attempt: number;
      readonly step: number;
      readonly prune: boolean;
    }
  /** End this trial soon. */
  | { readonly type: "abort"; readonly trial: number; readonly attempt: number };

interface OfTrial {
  readonly trial: number;
  readonly attempt: number;
}

/** A number that JSON may not hold: NaN and the infinities as text. */
export type WireNumber = number | string;

/** Worker → coordinator. */
export type WorkerEvent =
  | { readonly type: "ready" }
  | { readonly type: "broken"; readonly error: string }
  /** Of the whole process, not of a trial. */
  | { readonly type: "warned"; readonly sentence: string }
  | (OfTrial & {
      readonly type: "suggested";
      readonly name: string;
      readonly distribution: Distribution;
      readonly value: ParameterValue;
    })
  | (OfTrial & { readonly type: "runOpened"; readonly dir: string })
  | (OfTrial & { readonly type: "report"; readonly step: number; readonly value: WireNumber })
  | (OfTrial & {
      readonly type: "done";
      readonly state: "complete" | "pruned" | "failed" | "interrupted";
      readonly value?: WireNumber;
      readonly error?: string;
      /** As in TrialOutcome. */
      readonly missing?: string;
    });

export function toWire(value: number): WireNumber {
  return Number.isFinite(value) ? value : String(value);
}

export function fromWire(value: WireNumber | undefined): number {
  return value === undefined ? Number.NaN : Number(value);
}

/** One end of a connection. Messages arrive in the order they were sent. */
export interface Channel<Out, In> {
  send(message: Out): void;
  onMessage(listener: (message: In) => void): void;
  /** The other end is gone. */
  onClose(listener: () => void): void;
}
