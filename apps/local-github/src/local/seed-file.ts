import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { z } from "zod";
import type { World } from "../world.ts";
import {
  InstallationSeed,
  OrganizationSeed,
  putInstallation,
  putOrganization,
  putRepository,
  putUser,
  RepositorySeed,
  UserSeed,
} from "./seed.ts";

const named = { login: z.string() };
const SeedFile = z.object({
  users: z.array(UserSeed.extend(named)).default([]),
  organizations: z.array(OrganizationSeed.extend(named)).default([]),
  repositories: z
    .array(RepositorySeed.extend({ owner: z.string(), name: z.string(), from: z.string().optional() }))
    .default([]),
  installations: z.array(InstallationSeed.extend({ account: z.string() })).default([]),
});

/** Applies a JSON file of users, organizations, repositories and installations; `from` is relative to the file. */
export async function applySeedFile(world: World, path: string): Promise<void> {
  const seed = SeedFile.parse(JSON.parse(await readFile(path, "utf8")));
  for (const user of seed.users) putUser(world, user.login, user);
  for (const organization of seed.organizations) putOrganization(world, organization.login, organization);
  for (const { owner, name, from, ...rest } of seed.repositories) {
    const directory = from === undefined ? {} : { from: resolve(dirname(path), from) };
    await putRepository(world, owner, name, { ...rest, ...directory });
  }
  for (const installation of seed.installations) putInstallation(world, installation.account, installation);
}
