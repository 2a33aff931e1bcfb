import { onTestFinished } from "vitest";

/** Done when the test is over, whatever became of it. */
export function cleanUp(work: () => unknown): void {
  onTestFinished(async () => void (await work()));
}
