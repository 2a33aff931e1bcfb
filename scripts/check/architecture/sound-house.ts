/** A sound house: every room has a file, and none breaks a rule. */
export const soundHouse: Record<string, string> = {
  "packages/core/src/errors.ts": "export class Refusal extends Error {}\n",
  "packages/core/src/mutate.ts": 'import type { Db } from "@branchline/db";\nexport type Mutate = (db: Db) => void;\n',
  "packages/core/src/move.ts": "export const move = 1;\n",
  "packages/core/src/deployments/status.ts": 'export const statuses = ["queued"] as const;\n',
  "packages/core/src/deployments/rules.ts": 'export { statuses } from "./status.ts";\n',
  "packages/core/src/deployments/record-stack.ts": "export const recordStack = 1;\n",
  "packages/core/src/deployments/cancel.ts":
    'import { Prisma } from "@branchline/db";\nexport const cancel = Prisma;\n',
  "packages/core/src/deployments/queries.ts": 'import { Prisma } from "@branchline/db";\nexport const list = Prisma;\n',
  "packages/db/src/index.ts": 'export const Prisma = 1;\nexport type Db = "db";\n',
  "packages/queue/src/index.ts":
    'import { Queue } from "bullmq";\nimport { z } from "zod";\nexport const jobs = [Queue, z];\n',
  "packages/github/src/index.ts": 'import { App } from "@octokit/app";\nexport const app = App;\n',
  "packages/aws/src/index.ts": 'import { STSClient } from "@aws-sdk/client-sts";\nexport const sts = STSClient;\n',
  "packages/runner/src/index.ts":
    'import { plugin } from "@branchline/serverless-plugin";\nexport { spawn } from "node:child_process";\nexport { plugin };\n',
  "packages/logs/src/index.ts": "export const mask = 1;\n",
  "packages/secrets/src/index.ts": "export const seal = 1;\n",
  "packages/serverless-plugin/src/index.ts": "export const plugin = 1;\n",
  "packages/testing/src/world.ts": "export const world = 1;\n",
  "packages/ui/src/card.tsx": 'import { Card } from "@mantine/core";\nexport const Placard = Card;\n',
  "apps/worker/src/jobs/deployment-run.ts":
    'import { cancel } from "@branchline/core/deployments/cancel";\nimport { sts } from "@branchline/aws";\nimport { jobs } from "@branchline/queue";\nexport const run = [cancel, sts, jobs];\n',
  "apps/api/src/webhooks/github.ts": 'import { app } from "@branchline/github";\nexport const hook = app;\n',
  "apps/api/src/main.ts": 'import { Prisma } from "@branchline/db";\nexport const db = Prisma;\n',
  "apps/web/env.ts": "export const env = process.env;\n",
  "apps/web/lib/words.ts": "export const words = 1;\n",
  "apps/web/app/page.tsx": 'import { list } from "@branchline/core/deployments/queries";\nexport default list;\n',
  "apps/web/app/actions.ts":
    '"use server";\nimport { cancel } from "@branchline/core/deployments/cancel";\nexport const go = cancel;\n',
  "apps/web/app/leaf.tsx":
    '"use client";\nimport { statuses } from "@branchline/core/deployments/status";\nimport { words } from "@/lib/words";\nimport { go } from "./actions.ts";\nexport const leaf = [statuses, words, go];\n',
  "apps/local-github/src/main.ts": 'export { execa } from "execa";\n',
};
