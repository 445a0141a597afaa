import { expect, it } from "vitest";
import { escapeHtml } from "../../../src/base/escapeHtml.js";

it("leaves nothing that ends a tag or an attribute", () => {
  expect(escapeHtml(`a &<>"' b`)).toBe("a &amp;&lt;&gt;&quot;&#39; b");
});
