import { testDatabase } from "@branchline/testing/database";
import { givenIn, platformAccountId } from "@branchline/testing/given";
import { afterAll, describe, expect, it } from "vitest";
import { getDeployment } from "../deployments/queries.ts";
import { changeDeployProfile } from "./change.ts";
import { type CreateDeployProfile, createDeployProfile } from "./create.ts";
import { probes } from "./proof.ts";
import { proveDeployProfile } from "./prove.ts";
import { findProfileToProve, getDeployProfile, listDeployProfiles, listDueProofs } from "./queries.ts";
import { finishProof, recordProbe } from "./record-proof.ts";
import { removeDeployProfile } from "./remove.ts";

const { db, close } = await testDatabase();
afterAll(close);
const given = givenIn(db);

const platform = { platformAccountId };
const roleArn = "arn:aws:iam::222233334444:role/branchline";
const staging: CreateDeployProfile = {
  name: "Staging",
  roleArn,
  region: "us-east-1",
  allowedBranches: ["develop"],
  stagePattern: "st*",
  deployHosts: [],
};

describe("a deploy profile", () => {
  it("threat 11: a form that brings its own external id: the profile has one of ours, before and after a change", async () => {
    const one = await given.organization();
    const chosen = { ...staging, externalId: "mine" };
    const { slug } = await createDeployProfile(one.ctx, chosen, platform);
    const profile = await getDeployProfile(one.ctx, slug);
    expect(profile).toMatchObject({
      slug: "staging",
      roleArn,
      accountId: "222233334444",
      provenAt: null,
      proof: [],
      uses: [],
    });
    expect(profile.externalId).toMatch(/^branchline-[0-9a-f-]{36}$/);
    const second = await createDeployProfile(one.ctx, { ...staging, name: "b", region: "eu-west-1" }, platform);
    expect((await getDeployProfile(one.ctx, second.slug)).externalId).not.toBe(profile.externalId);
    const { deployProfileId, externalId } = profile;
    await changeDeployProfile(one.ctx, { ...chosen, deployProfileId, stagePattern: "*" }, platform);
    expect(await getDeployProfile(one.ctx, slug)).toMatchObject({ stagePattern: "*", externalId });
  });

  it("may wait for its role", async () => {
    const one = await given.organization();
    const { slug, deployProfileId } = await createDeployProfile(one.ctx, { ...staging, roleArn: "" }, platform);
    await createDeployProfile(one.ctx, { ...staging, name: "other", roleArn: null }, platform);
    expect(await getDeployProfile(one.ctx, slug)).toMatchObject({ roleArn: null, accountId: null });
    const proof = proveDeployProfile(one.ctx, { deployProfileId });
    await expect(proof).rejects.toMatchObject({ code: "invalid", field: "roleArn" });
  });

  it("has a name, and a role in its region, to itself", async () => {
    const one = await given.organization();
    await createDeployProfile(one.ctx, staging, platform);
    const sameName = createDeployProfile(one.ctx, { ...staging, roleArn: null }, platform);
    await expect(sameName).rejects.toMatchObject({ code: "conflict", field: "name" });
    const sameRole = createDeployProfile(one.ctx, { ...staging, name: "b" }, platform);
    await expect(sameRole).rejects.toMatchObject({ code: "conflict", field: "roleArn" });
    const elsewhere = await given.organization();
    await createDeployProfile(elsewhere.ctx, staging, platform);
  });

  it("threat 12: a role of our own account, or what is no role, at the verbs: refused", async () => {
    const one = await given.organization();
    const own = { ...staging, roleArn: `arn:aws:iam::${platformAccountId}:role/x` };
    await expect(createDeployProfile(one.ctx, own, platform)).rejects.toMatchObject({
      code: "invalid",
      field: "roleArn",
    });
    const star = { ...staging, roleArn: "arn:aws:iam::222233334444:role/*" };
    await expect(createDeployProfile(one.ctx, star, platform)).rejects.toMatchObject({ name: "ZodError" });
    const profile = await given.profile(one);
    const change = { ...staging, deployProfileId: profile.deployProfileId, roleArn: own.roleArn };
    await expect(changeDeployProfile(one.ctx, change, platform)).rejects.toMatchObject({ code: "invalid" });
  });

  it("is unproven again after a change of role or region, and only then", async () => {
    const one = await given.organization();
    const { deployProfileId, slug, roleArn: proven } = await given.profile(one);
    const settings = {
      deployProfileId,
      roleArn: proven,
      region: "us-east-1",
      allowedBranches: [],
      stagePattern: "*",
      deployHosts: [],
    };
    const { externalId } = await getDeployProfile(one.ctx, slug);
    await changeDeployProfile(one.ctx, { ...settings, allowedBranches: ["main"], stagePattern: "prod" }, platform);
    const limited = await getDeployProfile(one.ctx, slug);
    expect(limited.provenAt).not.toBeNull();
    expect(limited).toMatchObject({ allowedBranches: ["main"], stagePattern: "prod" });
    await changeDeployProfile(one.ctx, { ...settings, region: "eu-west-1" }, platform);
    expect(await getDeployProfile(one.ctx, slug)).toMatchObject({
      provenAt: null,
      proof: [],
      proofEndedAt: null,
      externalId,
    });
  });

  it("takes what waits for it along to another region, so that nothing is deployed to one that was not proven", async () => {
    const one = await given.organization();
    const other = await given.organization();
    const profile = await given.profile(one, { proven: false });
    const elsewhere = await given.profile(one);
    const mappings = [
      { branch: "main", stage: "prod", profile },
      { branch: "develop", stage: "staging", profile: elsewhere },
    ];
    const service = await given.service(one, { profile, mappings });
    const { number } = await given.deployment(one, service);
    const beside = await given.deployment(one, { ...service, profile: elsewhere }, { stage: "staging" });
    const theirs = await given.deployment(other, await given.service(other));
    const { deployProfileId, slug, roleArn } = profile;
    expect((await getDeployProfile(one.ctx, slug)).waiting).toBe(1);
    const settings = { deployProfileId, roleArn, region: "eu-west-1", allowedBranches: [], stagePattern: "*" };
    await changeDeployProfile(one.ctx, { ...settings, deployHosts: [] }, platform);
    expect((await getDeployment(one.ctx, number)).region).toBe("eu-west-1");
    expect((await getDeployment(one.ctx, beside.number)).region).toBe("us-east-1");
    expect((await getDeployment(other.ctx, theirs.number)).region).toBe("us-east-1");
  });

  it("is proven by four probes that all passed", async () => {
    const one = await given.organization();
    const { deployProfileId, slug, region, ...role } = await given.profile(one, { proven: false });
    const subject = { deployProfileId, roleArn: role.roleArn, region };
    await proveDeployProfile(one.ctx, { deployProfileId });
    expect(one.bells).toContainEqual({ name: "deploy-profile.prove", payload: { deployProfileId } });
    expect(await listDueProofs(db)).toContain(deployProfileId);
    await expect(proveDeployProfile(one.ctx, { deployProfileId })).rejects.toMatchObject({ code: "conflict" });
    expect(await findProfileToProve(db, deployProfileId)).toMatchObject({
      roleArn: role.roleArn,
      organizationSlug: one.slug,
    });
    for (const probe of probes) await recordProbe(one.ctx, { ...subject, probe, outcome: "failed", message: "No" });
    expect(await finishProof(one.ctx, subject)).toEqual({ proven: false });
    for (const probe of probes) await recordProbe(one.ctx, { ...subject, probe, outcome: "passed", message: "Yes" });
    expect(await finishProof(one.ctx, subject)).toEqual({ proven: true });
    const profile = await getDeployProfile(one.ctx, slug);
    expect(profile.proof.map(({ probe, outcome }) => [probe, outcome])).toEqual(
      probes.map((probe) => [probe, "passed"]),
    );
    expect(profile.provenAt).not.toBeNull();
    expect(await findProfileToProve(db, deployProfileId)).toBeNull();
    expect(await listDueProofs(db)).not.toContain(deployProfileId);
  });

  it("is not proven by the test of a role that it no longer has", async () => {
    const one = await given.organization();
    const { deployProfileId, slug, region, roleArn: tested } = await given.profile(one, { proven: false });
    await proveDeployProfile(one.ctx, { deployProfileId });
    const settings = { deployProfileId, roleArn, region, allowedBranches: [], stagePattern: "*", deployHosts: [] };
    await changeDeployProfile(one.ctx, settings, platform);
    const subject = { deployProfileId, roleArn: tested, region };
    for (const probe of probes) {
      expect(await recordProbe(one.ctx, { ...subject, probe, outcome: "passed", message: "" })).toBe(false);
    }
    expect(await finishProof(one.ctx, subject)).toEqual({ proven: false });
    expect(await getDeployProfile(one.ctx, slug)).toMatchObject({ provenAt: null, proof: [] });
  });

  it("is removed when nothing uses it, and says which services do", async () => {
    const one = await given.organization();
    const { profile, service, app } = await given.service(one);
    const { deployProfileId } = profile;
    const used = removeDeployProfile(one.ctx, { deployProfileId });
    await expect(used).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining(service) });
    const view = await getDeployProfile(one.ctx, profile.slug);
    expect(view.uses).toEqual([{ app, service, branch: "main", stage: "prod" }]);
    const unused = await given.profile(one);
    await removeDeployProfile(one.ctx, unused);
    expect((await listDeployProfiles(one.ctx)).map((row) => [row.slug, row.uses])).toEqual([[profile.slug, 1]]);
  });

  it("is out of a viewer's and, but for its test, a developer's hands", async () => {
    const one = await given.organization();
    const { deployProfileId } = await given.profile(one, { proven: false });
    for (const role of ["viewer", "developer"] as const) {
      const { ctx } = await given.member(one, role);
      await expect(createDeployProfile(ctx, staging, platform)).rejects.toMatchObject({ code: "forbidden" });
      await expect(changeDeployProfile(ctx, { ...staging, deployProfileId }, platform)).rejects.toMatchObject({
        code: "forbidden",
      });
      await expect(removeDeployProfile(ctx, { deployProfileId })).rejects.toMatchObject({ code: "forbidden" });
    }
    const viewer = await given.member(one, "viewer");
    await expect(proveDeployProfile(viewer.ctx, { deployProfileId })).rejects.toMatchObject({ code: "forbidden" });
    const developer = await given.member(one, "developer");
    await proveDeployProfile(developer.ctx, { deployProfileId });
  });

  it("of another organization is not there", async () => {
    const one = await given.organization();
    const other = await given.organization();
    const { deployProfileId, slug } = await given.profile(other);
    const missing = { code: "not_found" };
    await expect(getDeployProfile(one.ctx, slug)).rejects.toMatchObject(missing);
    await expect(changeDeployProfile(one.ctx, { ...staging, deployProfileId }, platform)).rejects.toMatchObject(
      missing,
    );
    await expect(removeDeployProfile(one.ctx, { deployProfileId })).rejects.toMatchObject(missing);
    await expect(proveDeployProfile(one.ctx, { deployProfileId })).rejects.toMatchObject(missing);
    expect(await listDeployProfiles(one.ctx)).toEqual([]);
    expect((await getDeployProfile(other.ctx, slug)).provenAt).not.toBeNull();
  });
});
