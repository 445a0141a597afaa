import { escapeHtml } from "../base/escapeHtml.js";
import type { Prescription } from "./verdict.js";

/** Of each prescription an item of a list, with the line of code to write below it. Everything from runs is escaped. */
export function prescriptionItems(prescriptions: readonly Prescription[]): string {
  return prescriptions
    .map(
      ({ text, code }) =>
        `<li>${escapeHtml(text)}${code === undefined ? "" : `<br><code>${escapeHtml(code)}</code>`}</li>`,
    )
    .join("");
}
