/** The document that a server gives: program and style inside, so that it asks for nothing but answers. */
import { pageDocument } from "../page.js";

/** @param nonce of this one answer: only scripts that carry it run. */
export function shell(nonce: string): string {
  return pageDocument({ title: "tunelab board", nonce, data: "" });
}

/**
 * Scripts by nonce alone, no code from text; requests go to the server only. It may stand in a frame of its own address,
 * which behind a proxy is the proxy's, and of this machine's other ports; another site's page cannot lay it under its own.
 */
export function shellPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src data: blob:",
    "media-src data:",
    "connect-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors 'self' ${ownOrigins.join(" ")}`,
  ].join("; ");
}

/** A policy has no way to name `[::1]`. */
const ownOrigins = ["http://localhost:*", "https://localhost:*", "http://127.0.0.1:*", "https://127.0.0.1:*"];
