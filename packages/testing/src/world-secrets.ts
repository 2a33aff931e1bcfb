import { generateKeyPair, randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { generateIdentity } from "@branchline/secrets";

export type WorldSecrets = {
  authSecret: string;
  appPrivateKey: string;
  appPublicKey: string;
  clientId: string;
  clientSecret: string;
  webhookSecret: string;
  /** Of the age key pair that seals parameters. */
  identity: string;
  recipient: string;
};

/** Made once per world, since the data of an earlier run was sealed and signed with them. */
export async function loadSecrets(directory: string): Promise<WorldSecrets> {
  const file = join(directory, "secrets.json");
  try {
    return JSON.parse(await readFile(file, "utf8")) as WorldSecrets;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const secrets = await makeSecrets();
  await writeFile(file, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}

async function makeSecrets(): Promise<WorldSecrets> {
  const [pair, age] = await Promise.all([
    promisify(generateKeyPair)("rsa", {
      modulusLength: 2048,
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
    }),
    generateIdentity(),
  ]);
  return {
    authSecret: randomBytes(32).toString("base64url"),
    appPrivateKey: pair.privateKey,
    appPublicKey: pair.publicKey,
    clientId: `Iv1.${randomBytes(8).toString("hex")}`,
    clientSecret: randomBytes(20).toString("hex"),
    webhookSecret: randomBytes(20).toString("hex"),
    identity: age.identity,
    recipient: age.recipient,
  };
}
