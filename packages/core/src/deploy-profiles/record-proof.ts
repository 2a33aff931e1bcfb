import { type Tx, transact } from "@branchline/db";
import type { Ctx } from "../ctx.ts";
import { mutate } from "../mutate.ts";
import { isProven, type ProbeResult, withProbe } from "./proof.ts";

/** What was tested. A result for a role or region that the profile no longer has is worth nothing. */
export type ProofSubject = { deployProfileId: string; roleArn: string; region: string };

/** Stores the result of one probe, for the person who watches. @returns false when the profile has changed meanwhile */
export async function recordProbe(ctx: Ctx, subject: ProofSubject & ProbeResult): Promise<boolean> {
  const { probe, outcome, message } = subject;
  return transact(ctx.db, async (tx) => {
    const proof = await lockProof(ctx, tx, subject);
    if (proof === null) return false;
    const data = { proof: withProbe(proof.results, { probe, outcome, message }) };
    await tx.deployProfile.update({ where: { id: subject.deployProfileId }, data });
    return true;
  });
}

/** Ends a test: proven when every probe passed, which starts what waited for it, otherwise not. @returns false when the profile has changed meanwhile */
export async function finishProof(ctx: Ctx, subject: ProofSubject): Promise<{ proven: boolean }> {
  const { deployProfileId, roleArn, region } = subject;
  return mutate(ctx, "deploy_profile.prove", async ({ tx, ring }) => {
    const proof = await lockProof(ctx, tx, subject);
    const proven = proof !== null && isProven(proof.results);
    if (proof !== null) {
      const data = { proofEndedAt: ctx.now(), provenAt: proven ? ctx.now() : null };
      await tx.deployProfile.update({ where: { id: deployProfileId }, data });
    }
    if (proven) ring({ name: "deployment.admit", payload: {} });
    const detail = { roleArn, region, proven };
    const change = {
      subjectKind: "deploy profile",
      subjectId: deployProfileId,
      subjectName: proof?.slug ?? "",
      detail,
    };
    return { result: { proven }, change };
  });
}

type Proof = { slug: string; results: ProbeResult[] };

async function lockProof({ organizationId }: Ctx, tx: Tx, subject: ProofSubject): Promise<Proof | null> {
  const { deployProfileId: id, roleArn, region } = subject;
  await tx.$queryRaw`
    SELECT id FROM deploy_profiles WHERE id = ${id}::uuid AND organization_id = ${organizationId}::uuid FOR UPDATE`;
  const row = await tx.deployProfile.findFirst({ where: { id, organizationId, roleArn, region } });
  return row === null ? null : { slug: row.slug, results: row.proof as ProbeResult[] };
}
