/** tslab's public API bound to this kernel, so that notebooks written for tslab run as they are. */
import { randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import type { Display } from "tslab";
import { displaySink } from "./displaySink.js";

const require = createRequire(import.meta.url);

/** `tslab` is the version whose API this is. */
export const versions = {
  tslab: (require("tslab/package.json") as { version: string }).version,
  typescript: (require("typescript/package.json") as { version: string }).version,
  node: process.version,
};

class KernelDisplay implements Display {
  private shown = false;

  constructor(private readonly id?: string) {}

  javascript(s: string): void {
    this.raw("text/javascript", s);
  }
  html(s: string): void {
    this.raw("text/html", s);
  }
  markdown(s: string): void {
    this.raw("text/markdown", s);
  }
  latex(s: string): void {
    this.raw("text/latex", s);
  }
  svg(s: string): void {
    this.raw("image/svg+xml", s);
  }
  png(b: Uint8Array): void {
    this.raw("image/png", b);
  }
  jpeg(b: Uint8Array): void {
    this.raw("image/jpeg", b);
  }
  gif(b: Uint8Array): void {
    this.raw("image/gif", b);
  }
  pdf(b: Uint8Array): void {
    this.raw("application/pdf", b);
  }
  text(s: string): void {
    this.raw("text/plain", s);
  }
  raw(contentType: string, b: string | Uint8Array): void {
    const content = typeof b === "string" ? b : Buffer.from(b).toString("base64");
    displaySink()({ [contentType]: content }, this.id, this.shown);
    this.shown = this.id !== undefined;
  }
}

/** A display that overwrites what it showed before. */
export function newDisplay(): Display {
  return new KernelDisplay(randomBytes(8).toString("hex"));
}

export const display: Display = new KernelDisplay();
