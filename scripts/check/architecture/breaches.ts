/** What one file does wrong, and the rule that names it. */
export const breaches: [rule: string, file: string, text: string][] = [
  [
    "rules-are-pure",
    "packages/core/src/deployments/rules.ts",
    'import { Prisma } from "@branchline/db";\nexport const x = Prisma;\n',
  ],
  [
    "rules-are-pure",
    "packages/core/src/deployments/rules.ts",
    'import { list } from "./queries.ts";\nexport const x = list;\n',
  ],
  [
    "rules-are-pure",
    "packages/core/src/deployments/status.ts",
    'import { readFile } from "node:fs";\nexport const x = readFile;\n',
  ],
  [
    "core-talks-to-its-database-only",
    "packages/core/src/deployments/cancel.ts",
    'import { app } from "@branchline/github";\nexport const x = app;\n',
  ],
  [
    "core-talks-to-its-database-only",
    "packages/core/src/deployments/cancel.ts",
    'import { jobs } from "@branchline/queue";\nexport const x = jobs;\n',
  ],
  [
    "core-talks-to-its-database-only",
    "packages/core/src/deployments/cancel.ts",
    'import https from "node:https";\nexport const x = https;\n',
  ],
  ["core-has-no-clock", "packages/core/src/deployments/cancel.ts", "export const x = () => new Date();\n"],
  ["core-has-no-clock", "packages/core/src/deployments/cancel.ts", "export const x = () => Date.now();\n"],
  ["core-has-no-network", "packages/core/src/deployments/cancel.ts", 'export const x = () => fetch("/");\n'],
  ["environment-in-env", "packages/core/src/deployments/cancel.ts", "export const x = process.env.HOME;\n"],
  [
    "environment-in-env",
    "apps/worker/src/jobs/deployment-run.ts",
    'import { env } from "node:process";\nexport const x = env;\n',
  ],
  [
    "queries-do-not-write",
    "packages/core/src/deployments/queries.ts",
    'import { move } from "../move.ts";\nexport const x = move;\n',
  ],
  [
    "queries-do-not-write",
    "packages/core/src/deployments/queries.ts",
    "export const x = (db: any) => db.stage.update({ a: 1 });\n",
  ],
  [
    "a-run-writes-by-its-record",
    "apps/worker/src/run/settle.ts",
    'import { recordStack } from "@branchline/core/deployments/record-stack";\nexport const x = recordStack;\n',
  ],
  [
    "queue-is-a-catalogue",
    "packages/queue/src/index.ts",
    'import { Prisma } from "@branchline/db";\nexport const x = Prisma;\n',
  ],
  [
    "queue-is-a-catalogue",
    "packages/queue/src/index.ts",
    'import type { Mutate } from "@branchline/core/mutate";\nexport type X = Mutate;\n',
  ],
  [
    "adapters-know-one-outside-thing",
    "packages/aws/src/index.ts",
    'import type { Db } from "@branchline/db";\nexport type X = Db;\n',
  ],
  [
    "adapters-know-one-outside-thing",
    "packages/logs/src/index.ts",
    'import { jobs } from "@branchline/queue";\nexport const x = jobs;\n',
  ],
  [
    "adapters-know-types-of-core",
    "packages/secrets/src/index.ts",
    'import { Refusal } from "@branchline/core/errors";\nexport const x = Refusal;\n',
  ],
  [
    "adapters-do-not-know-each-other",
    "packages/github/src/index.ts",
    'import { mask } from "@branchline/logs";\nexport const x = mask;\n',
  ],
  [
    "plugin-stands-alone",
    "packages/serverless-plugin/src/index.ts",
    'import { mask } from "@branchline/logs";\nexport const x = mask;\n',
  ],
  [
    "plugin-is-loaded-by-the-runner",
    "packages/aws/src/index.ts",
    'import { plugin } from "@branchline/serverless-plugin";\nexport const x = plugin;\n',
  ],
  [
    "jobs-reach-the-database-through-core",
    "apps/worker/src/jobs/deployment-run.ts",
    'import { Prisma } from "@branchline/db";\nexport const x = Prisma;\n',
  ],
  ["screens-show", "apps/web/app/page.tsx", 'import { Prisma } from "@branchline/db";\nexport default Prisma;\n'],
  [
    "screens-show",
    "apps/web/app/orders/layout.tsx",
    'import { app } from "@branchline/github";\nexport default app;\n',
  ],
  [
    "screens-do-not-change",
    "apps/web/app/page.tsx",
    'import { move } from "@branchline/core/move";\nexport default move;\n',
  ],
  [
    "actions-call-verbs",
    "apps/web/app/actions.ts",
    '"use server";\nimport { statuses } from "@branchline/core/deployments/status";\nexport const x = statuses;\n',
  ],
  [
    "actions-call-verbs",
    "apps/web/app/actions.ts",
    '"use server";\nimport { Prisma } from "@branchline/db";\nexport const x = Prisma;\n',
  ],
  [
    "client-leaves-have-no-io",
    "apps/web/app/leaf.tsx",
    '"use client";\nimport { list } from "@branchline/core/deployments/queries";\nexport const x = list;\n',
  ],
  [
    "client-leaves-have-no-io",
    "apps/web/app/leaf.tsx",
    '"use client";\nimport Redis from "ioredis";\nexport const x = Redis;\n',
  ],
  [
    "doors-do-not-decide",
    "apps/web/app/api/x/route.ts",
    'import { statuses } from "@branchline/core/deployments/status";\nexport const GET = statuses;\n',
  ],
  [
    "doors-do-not-decide",
    "apps/api/src/webhooks/github.ts",
    'import { Prisma } from "@branchline/db";\nexport const x = Prisma;\n',
  ],
  [
    "ui-is-pixels",
    "packages/ui/src/card.tsx",
    'import { statuses } from "@branchline/core/deployments/status";\nexport const x = statuses;\n',
  ],
  ["ui-has-no-nouns", "packages/ui/src/card.tsx", "export function DeploymentCard() {}\n"],
  [
    "apps-do-not-know-each-other",
    "apps/web/lib/words.ts",
    'export { hook } from "../../api/src/webhooks/github.ts";\n',
  ],
  [
    "packages-do-not-know-apps",
    "packages/logs/src/index.ts",
    'export { hook } from "../../../apps/api/src/webhooks/github.ts";\n',
  ],
  [
    "enter-by-the-door",
    "apps/api/src/webhooks/github.ts",
    'export { app } from "../../../../packages/github/src/index.ts";\n',
  ],
  [
    "testing-stays-in-tests",
    "apps/api/src/webhooks/github.ts",
    'import { world } from "@branchline/testing/world";\nexport const x = world;\n',
  ],
  [
    "no-cycles",
    "packages/core/src/deployments/status.ts",
    'import { statuses as x } from "./rules.ts";\nexport const statuses = x;\n',
  ],
  [
    "bullmq-in-queue",
    "apps/worker/src/jobs/deployment-run.ts",
    'import { Worker } from "bullmq";\nexport const x = Worker;\n',
  ],
  [
    "aws-sdk-in-aws",
    "packages/runner/src/index.ts",
    'import { STSClient } from "@aws-sdk/client-sts";\nexport const x = STSClient;\n',
  ],
  [
    "octokit-in-github",
    "apps/api/src/webhooks/github.ts",
    'import { Webhooks } from "@octokit/webhooks";\nexport const x = Webhooks;\n',
  ],
  [
    "processes-in-runner",
    "packages/logs/src/index.ts",
    'import { spawn } from "node:child_process";\nexport const x = spawn;\n',
  ],
  [
    "processes-in-runner",
    "apps/worker/src/jobs/deployment-run.ts",
    'import { execa } from "execa";\nexport const x = execa;\n',
  ],
  [
    "prisma-in-db-and-core",
    "apps/web/lib/words.ts",
    'import { PrismaClient } from "@prisma/client";\nexport const x = PrismaClient;\n',
  ],
  ["local-github-is-unknown", "apps/worker/src/jobs/deployment-run.ts", 'export const x = "local-github";\n'],
  ["everything-resolves", "apps/web/lib/words.ts", 'export { x } from "@/lib/nowhere";\n'],
  ["everything-resolves", "apps/api/src/webhooks/github.ts", 'export { x } from "@branchline/core/nowhere";\n'],
];
