import type { Clone } from "@branchline/testing/scene/clone";
import { until } from "@branchline/testing/until";
import { postWebhook } from "./post-webhook.ts";
import type { Scene } from "./scene.ts";

export type Storm = {
  /** Where the branch is at its end. */
  head: string;
  /** Settles when every push was handled. */
  handled(): Promise<void>;
};

type Weather = { clone: Clone; repository: string; rounds: number; pushesPerRound: number };

/**
 * Pushes to develop as fast as the api takes them. In each round GitHub tells of one, where the branch then is; of those
 * that it went past, so fast that no push of ours could, the api hears in the same words.
 */
export async function storm(scene: Scene, { clone, repository, rounds, pushesPerRound }: Weather): Promise<Storm> {
  const { API_URL: apiUrl = "", GITHUB_WEBHOOK_SECRET: secret = "" } = scene.world.environment.api;
  const { body } = await scene.ctx.db.webhookDelivery.findFirstOrThrow({
    where: { event: "push", body: { path: ["repository", "full_name"], equals: repository } },
    orderBy: { receivedAt: "desc" },
  });
  const told = body as { head_commit: object };
  let head = await clone.run("rev-parse", "HEAD");
  const shas: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const bodies: string[] = [];
    for (let push = 0; push < pushesPerRound; push += 1) {
      const before = head;
      head = await clone.run("commit-tree", "HEAD^{tree}", "-p", before, "-m", `Push ${shas.length}`);
      shas.push(head);
      bodies.push(JSON.stringify({ ...told, before, after: head, head_commit: { ...told.head_commit, id: head } }));
    }
    const passed = bodies.slice(0, -1).map((one) => postWebhook({ apiUrl, secret }, one));
    await Promise.all([...passed, clone.run("push", "--quiet", "origin", `${head}:refs/heads/develop`)]);
  }
  return {
    head,
    async handled() {
      const where = { headSha: { in: shas }, settledAt: { not: null } };
      await until("every push is handled", 60_000, async () =>
        (await scene.ctx.db.webhookDelivery.count({ where })) === shas.length ? true : null,
      );
    },
  };
}
