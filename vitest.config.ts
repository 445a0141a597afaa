import { defineConfig } from "vitest/config";

/** What tests execute is not to turn up in the person's own history. */
const env = { TUNELAB_HISTORY: "off" };

export default defineConfig({
  test: {
    pool: "forks",
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: "unit",
          include: ["tests/**/*.test.ts"],
          exclude: ["tests/e2e/**"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          env,
        },
      },
      {
        // Whole programs (JupyterLab, Chromium, a notebook that trains): one file at a time.
        test: {
          name: "e2e",
          include: ["tests/e2e/**/*.test.ts"],
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 120_000,
          env,
        },
      },
    ],
  },
});
