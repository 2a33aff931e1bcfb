import { z } from "zod";
import type { Ctx } from "../ctx.ts";
import { Refusal } from "../errors.ts";
import { mutate } from "../mutate.ts";
import { isUniqueViolation } from "../unique-violation.ts";
import { syncAsked } from "./sync.ts";

export const ConnectInstallation = z.object({
  githubId: z.bigint(),
  account: z.object({ githubId: z.bigint(), login: z.string().min(1), type: z.enum(["User", "Organization"]) }),
});
export type ConnectInstallation = z.infer<typeof ConnectInstallation>;

const taken =
  "This installation is connected to another organization. Disconnect it there, or install the App on another account.";

/**
 * Takes an installation into the organization, or reads it anew when it is there already. The caller has made sure, with
 * the person's own token, that the person administers it on GitHub.
 * @throws Refusal conflict, when another organization has it
 */
export async function connectInstallation(ctx: Ctx, input: ConnectInstallation): Promise<{ installationId: string }> {
  const { githubId, account } = ConnectInstallation.parse(input);
  const { organizationId } = ctx;
  const { githubId: accountId, login: accountLogin, type: accountType } = account;
  const facts = { accountId, accountLogin, accountType, ...syncAsked };
  try {
    return await mutate(ctx, "installation.connect", async ({ tx, ring }) => {
      const known = await tx.installation.findUnique({ where: { githubId } });
      if (known !== null && known.organizationId !== organizationId) throw new Refusal("conflict", taken);
      // No upsert: of two organizations at once, it would give both the row that one of them made.
      const { id } =
        known === null
          ? await tx.installation.create({ data: { ...facts, organizationId, githubId, createdAt: ctx.now() } })
          : await tx.installation.update({
              where: { githubId },
              data: { ...facts, deletedAt: null, suspendedAt: null },
            });
      ring({ name: "installation.sync", payload: { installationId: id } });
      const change = { subjectKind: "installation", subjectId: id, subjectName: account.login };
      return { result: { installationId: id }, change };
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new Refusal("conflict", taken);
    throw error;
  }
}
