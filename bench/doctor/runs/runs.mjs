// The 67 runs of the benchmark, as data: what is trained, the accuracy on validation that was measured where it was first
// made (`measured`), which problems must be named (any of them), and which may be. `layers`: where the fault is.
import { data } from "./data.mjs";
import { fitted } from "./fit.mjs";
import { flow } from "./flow.mjs";
import { healthy } from "./healthy.mjs";
import { updates } from "./updates.mjs";

export const runs = [...healthy, ...flow, ...updates, ...fitted, ...data];
