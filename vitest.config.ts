import { defineConfig } from "vitest/config";

/** What tests execute is not to turn up in the person's own history. */
const env = { TUNELAB_HISTORY: "off" };

/**
 * Milliseconds after which a test is taken to hang. No promise of the product's: a busy machine takes ten times what a free
 * one does.
 */
const patience = {
  testTimeout: 180_000,
  hookTimeout: 180_000,
  expect: { poll: { timeout: 60_000 } },
};

export default defineConfig({
  test: {
    pool: "forks",
    maxWorkers: 2,
    globalSetup: "tests/ownTemporaryFolder.ts",
    projects: [
      {
        test: {
          name: "unit",
          include: ["tests/**/*.test.ts"],
          exclude: ["tests/e2e/**"],
          ...patience,
          env,
        },
      },
      {
        // Whole programs (JupyterLab, Chromium, a notebook that trains): one file at a time.
        test: {
          name: "e2e",
          include: ["tests/e2e/**/*.test.ts"],
          fileParallelism: false,
          ...patience,
          testTimeout: 600_000,
          hookTimeout: 600_000,
          env,
        },
      },
    ],
  },
});
