import { expect, it } from "vitest";
import { prescriptionItems } from "../../../src/doctor/prescriptionItems.js";

it("lists what to do with its code, and nothing of a run's names as HTML", () => {
  expect(prescriptionItems([{ text: "Widen <b>hidden</b>", code: "units < 2 && 3" }, { text: "Stop" }])).toBe(
    "<li>Widen &lt;b&gt;hidden&lt;/b&gt;<br><code>units &lt; 2 &amp;&amp; 3</code></li><li>Stop</li>",
  );
  expect(prescriptionItems([])).toBe("");
});
