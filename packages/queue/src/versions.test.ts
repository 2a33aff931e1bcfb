import { type Job, Queue, Worker } from "bullmq";
import { expect, onTestFinished, test, vi } from "vitest";
import { everyBell, type Heard, listening, redis, ringing } from "./testing/bells.ts";

/** What a later version rings for: a job of its own, one that names its row otherwise, and one that says more of it. */
const later = [
  { name: "deployment.dismantle", data: { deploymentId: "1" } },
  { name: "deployment.run", data: { deployment: "2" } },
  { name: "deployment.run", data: { deploymentId: "3", region: "eu-west-1" } },
];

test("fault 58: a worker leaves the jobs of a later version to those that know them, and goes on with its own", async () => {
  const url = await redis();
  const connection = { url, maxRetriesPerRequest: null };
  const builds = new Queue("builds", { connection });
  onTestFinished(() => builds.close());
  // As the sweep of a later version does: a job that is there is not added again.
  const ringLater = () =>
    builds.addBulk(
      later.map((bell, row) => ({
        ...bell,
        opts: { jobId: `later-${row}`, attempts: 5, removeOnComplete: true, removeOnFail: true },
      })),
    );

  const [heard, errors]: [Heard[], string[]] = [[], []];
  const onError = (error: unknown) => void errors.push(String(error));
  await listening(url, async (job) => void heard.push(job), { onError }).ready;
  await ringLater();
  await vi.waitFor(() => expect(errors).toHaveLength(later.length), { timeout: 20_000 });
  expect(errors.join()).toContain("deployment.dismantle");
  expect(heard).toEqual([]);
  await ringing(url).ring(everyBell);
  await vi.waitFor(() => expect(heard).toEqual(expect.arrayContaining(everyBell)), { timeout: 20_000 });
  expect(heard).toHaveLength(everyBell.length);
  expect(errors).toHaveLength(later.length);

  const understood: unknown[] = [];
  const young = new Worker("builds", async ({ data }: Job) => void understood.push(data), { connection });
  onTestFinished(() => young.close());
  await vi.waitFor(
    async () => {
      await ringLater();
      expect(understood).toEqual(expect.arrayContaining(later.map(({ data }) => data)));
    },
    { timeout: 20_000 },
  );
  expect(heard).toHaveLength(everyBell.length);
});
