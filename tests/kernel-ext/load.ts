/** By how much bounds in milliseconds are wider here: the machine that runs the tests may be busy with others, and CI's is slow besides. */
export const load = process.env.CI ? 4 : 2;
