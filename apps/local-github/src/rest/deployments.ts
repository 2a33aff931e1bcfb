import type { Hono } from "hono";
import { z } from "zod";
import { demand } from "../auth/access.ts";
import { actorIdOf } from "../auth/actor.ts";
import { deploymentShape, deploymentStatusShape } from "../shapes/checks.ts";
import type { DeploymentStatus } from "../store/records.ts";
import { now, type World } from "../world.ts";
import { notFound } from "./errors.ts";
import { commitOf, pageOf, type RestContext, type RestEnv, readBody, repositoryOf } from "./request.ts";

const NewDeployment = z.object({
  ref: z.string(),
  task: z.string().default("deploy"),
  environment: z.string().default("production"),
  description: z.string().max(140).nullable().optional(),
  payload: z.union([z.string(), z.record(z.string(), z.unknown())]).default({}),
  transient_environment: z.boolean().default(false),
  production_environment: z.boolean().optional(),
});

const NewDeploymentStatus = z.object({
  state: z.enum(["error", "failure", "inactive", "in_progress", "queued", "pending", "success"]),
  description: z.string().max(140).default(""),
  environment: z.string().optional(),
  environment_url: z.string().default(""),
  log_url: z.string().optional(),
  target_url: z.string().default(""),
  auto_inactive: z.boolean().default(true),
});

/** GitHub's own deployments, which its pages show per environment. */
export function deploymentRoutes(api: Hono<RestEnv>, world: World): void {
  const list = "/repos/:owner/:repo/deployments";
  const one = `${list}/:id{[0-9]+}`;
  api.post(list, (c) => createDeployment(world, c));
  api.get(list, (c) => listDeployments(world, c));
  api.get(one, (c) => {
    const { repository, deployment } = deploymentOf(world, c, "read");
    return c.json(deploymentShape(world, repository, deployment));
  });
  api.post(`${one}/statuses`, (c) => createStatus(world, c));
  api.get(`${one}/statuses`, (c) => {
    const { repository, deployment } = deploymentOf(world, c, "read");
    const rows = world.store.deploymentStatuses.filter((row) => row.deploymentId === deployment.id).reverse();
    return c.json(pageOf(c, rows).map((row) => deploymentStatusShape(world, repository, row)));
  });
  api.get(`${one}/statuses/:statusId{[0-9]+}`, (c) => {
    const { repository, deployment } = deploymentOf(world, c, "read");
    const status = world.store.deploymentStatuses.get(Number(c.req.param("statusId")));
    if (!status || status.deploymentId !== deployment.id) throw notFound();
    return c.json(deploymentStatusShape(world, repository, status));
  });
}

function deploymentOf(world: World, c: RestContext, level: "read" | "write") {
  const { repository } = repositoryOf(world, c);
  demand(world, c.var.principal, repository, "deployments", level);
  const deployment = world.store.deployments.get(Number(c.req.param("id")));
  if (!deployment || deployment.repositoryId !== repository.id) throw notFound();
  return { repository, deployment };
}

async function createDeployment(world: World, c: RestContext): Promise<Response> {
  const { repository, dir } = repositoryOf(world, c);
  demand(world, c.var.principal, repository, "deployments", "write");
  const wanted = await readBody(c, NewDeployment, "Deployment");
  const deployment = world.store.deployments.insert({
    repositoryId: repository.id,
    sha: await commitOf(dir, wanted.ref),
    ref: wanted.ref,
    task: wanted.task,
    environment: wanted.environment,
    description: wanted.description ?? null,
    payload: wanted.payload,
    transient: wanted.transient_environment,
    production: wanted.production_environment ?? wanted.environment === "production",
    creatorId: actorIdOf(c.var.principal),
    createdAt: now(),
    updatedAt: now(),
  });
  return c.json(deploymentShape(world, repository, deployment), 201);
}

function listDeployments(world: World, c: RestContext): Response {
  const { repository } = repositoryOf(world, c);
  demand(world, c.var.principal, repository, "deployments", "read");
  const matches = (key: string, value: string) => (c.req.query(key) ?? value) === value;
  const rows = world.store.deployments
    .filter((row) => row.repositoryId === repository.id)
    .filter((row) => matches("sha", row.sha) && matches("ref", row.ref))
    .filter((row) => matches("task", row.task) && matches("environment", row.environment))
    .reverse();
  return c.json(pageOf(c, rows).map((row) => deploymentShape(world, repository, row)));
}

async function createStatus(world: World, c: RestContext): Promise<Response> {
  const { repository, deployment } = deploymentOf(world, c, "write");
  const wanted = await readBody(c, NewDeploymentStatus, "DeploymentStatus");
  const fields: Omit<DeploymentStatus, "id"> = {
    deploymentId: deployment.id,
    state: wanted.state,
    description: wanted.description,
    environment: wanted.environment ?? deployment.environment,
    environmentUrl: wanted.environment_url,
    logUrl: wanted.log_url ?? wanted.target_url,
    creatorId: actorIdOf(c.var.principal),
    createdAt: now(),
  };
  if (wanted.state === "success" && wanted.auto_inactive) retireOthers(world, deployment.id, fields);
  const status = world.store.deploymentStatuses.insert(fields);
  world.store.deployments.update(deployment.id, { updatedAt: now() });
  return c.json(deploymentStatusShape(world, repository, status), 201);
}

/** A success makes the earlier successful deployments of its environment inactive. */
function retireOthers(world: World, deploymentId: number, fields: Omit<DeploymentStatus, "id">): void {
  const mine = world.store.deployments.get(deploymentId);
  const others = world.store.deployments.filter(
    (row) =>
      row.repositoryId === mine?.repositoryId &&
      row.environment === mine.environment &&
      row.id < deploymentId &&
      !row.transient &&
      !row.production,
  );
  for (const other of others) {
    const last = world.store.deploymentStatuses.filter((row) => row.deploymentId === other.id).at(-1);
    if (last?.state !== "success") continue;
    world.store.deploymentStatuses.insert({ ...fields, deploymentId: other.id, state: "inactive", description: "" });
  }
}
