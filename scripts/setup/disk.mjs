// How much set-up fetches and needs on disk, told before it starts.
import { statfsSync } from "node:fs";
import { SetupError } from "./setupError.mjs";

/** Megabytes, measured on Linux x64: what is fetched, and what then lies on disk while it is being made. */
export const sizes = {
  npm: { fetch: 210, disk: 800 },
  cpu: { fetch: 460, disk: 2300 },
  cuda: { fetch: 3600, disk: 9500 },
  test: { fetch: 110, disk: 550 },
  runs: { fetch: 0, disk: 200 },
};

/**
 * The sum of what the named parts need.
 * @param {(keyof typeof sizes)[]} parts
 */
export function needed(parts) {
  let fetch = 0;
  let disk = 0;
  for (const part of parts) {
    fetch += sizes[part].fetch;
    disk += sizes[part].disk;
  }
  return { fetch, disk };
}

/**
 * Free megabytes for this user where `folder` lies.
 * @param {string} folder
 */
export function freeMegabytes(folder) {
  const { bavail, bsize } = statfsSync(folder);
  return Math.floor((bavail * bsize) / 1e6);
}

/** @param {number} megabytes */
export function readable(megabytes) {
  return megabytes < 1000 ? `${megabytes} MB` : `${(megabytes / 1000).toFixed(1)} GB`;
}

/**
 * Throws a SetupError when `folder` lies on a disk with less free than `disk` megabytes.
 * @param {string} folder
 * @param {number} disk
 */
export function requireDisk(folder, disk) {
  const free = freeMegabytes(folder);
  if (free < disk) {
    throw new SetupError(
      `Set-up needs ${readable(disk)} of free disk where this checkout lies; ${readable(free)} are free.`,
    );
  }
}
