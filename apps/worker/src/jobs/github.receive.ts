import { explainCopy } from "@branchline/core/branch-heads/rules";
import { explainPullRequest } from "@branchline/core/triggers/rules";
import { type DueDelivery, findDueDelivery, findOrganizationOf } from "@branchline/core/webhook-deliveries/queries";
import { type Settlement, settleDelivery } from "@branchline/core/webhook-deliveries/settle";
import { type GithubEvent, isRefusedByGithub, parseWebhook } from "@branchline/github";
import type { Parts } from "../parts.ts";
import {
  explained,
  receiveInstallation,
  receiveInstallationRepositories,
  receiveRepository,
} from "../receive/bookkeeping.ts";
import { receiveFoundHead } from "../receive/found-head.ts";
import { receivePush } from "../receive/push.ts";

/** Station 2: a stored delivery becomes deployments, bookkeeping, or a reason why nothing came of it. */
export async function githubReceive(parts: Parts, { deliveryId }: { deliveryId: string }): Promise<void> {
  const delivery = await findDueDelivery(parts.db, deliveryId);
  if (delivery === null) return;
  const receive = delivery.source === "poll" ? receiveFoundHead : receiveWebhook;
  const settlement = await receive(parts, delivery).catch((error: unknown) => refused(parts, delivery, error));
  await settleDelivery(parts.db, deliveryId, parts.now(), settlement);
  if (settlement.organizationId !== null) await parts.tail.publish(`org:${settlement.organizationId}`, "delivery");
}

/** Asked again it would say the same. What was pushed is found by a look at the branches once the App may look. */
async function refused({ db }: Parts, delivery: DueDelivery, error: unknown): Promise<Settlement> {
  if (!isRefusedByGithub(error)) throw error;
  return explained(`ignored: ${error.message}`, await findOrganizationOf(db, delivery));
}

async function receiveWebhook(parts: Parts, delivery: DueDelivery): Promise<Settlement> {
  const event = parseWebhook(delivery.event, delivery.body);
  if (event.kind === "unfit") return explained(`ignored: the body does not fit its event: ${event.problem}`);
  if (isJudgedByNow(event) || delivery.copyOf === null) return settle(parts, delivery, event);
  return explained(explainCopy(delivery.copyOf), await findOrganizationOf(parts.db, delivery));
}

/** What GitHub says by now decides about these, so one that is told again, or in the same words, does no harm. */
const isJudgedByNow = ({ kind }: GithubEvent) => kind === "push" || kind === "installation";

async function settle(parts: Parts, delivery: DueDelivery, event: GithubEvent): Promise<Settlement> {
  switch (event.kind) {
    case "push":
      return receivePush(parts, delivery, event);
    case "installation":
      return receiveInstallation(parts, event);
    case "installation_repositories":
      return receiveInstallationRepositories(parts, event);
    case "repository":
      return receiveRepository(parts, delivery, event);
    case "pull_request":
      return explained(explainPullRequest(event), await findOrganizationOf(parts.db, delivery));
    case "ping":
      return explained("GitHub asked whether we are there");
    case "other":
      return explained(`ignored: nothing follows from the event \`${event.event}\``);
  }
}
