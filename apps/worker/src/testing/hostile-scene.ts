import { setParameter } from "@branchline/core/parameters/set";
import { configureCiCd } from "@branchline/core/services/configure";
import { seal } from "@branchline/secrets";
import { hostileService, steering } from "./hostile-service.ts";
import { enableRepository, type Scene } from "./scene.ts";
import { inFolder } from "./waiting-service.ts";

/** Parameters of the hostile service that are nowhere to be seen. */
export const canaries = [
  { name: "CANARY_MARKED", value: "value-of-CANARY_MARKED", inBuildEnvironment: true },
  { name: "CANARY_UNMARKED", value: "value-of-CANARY_UNMARKED", inBuildEnvironment: false },
];

/** One that its owner said is no secret. */
export const plain = { name: "ELSEWHERE", value: "eu-central-1", inBuildEnvironment: true, isSecret: false };

/** acme/hostile with its parameters, whose branches of `attack/` deploy to staging. */
export async function enableHostileService(scene: Scene): Promise<void> {
  const { ctx, profiles, world } = scene;
  const { db, organizationId } = ctx;
  await inFolder(hostileService("hostile"), (folder) => enableRepository(scene, "hostile", folder));
  const where = { organizationId, slug: "hostile" };
  const { id: serviceId, repositoryId } = await db.service.findFirstOrThrow({ where });
  await configureCiCd(ctx, {
    serviceId,
    repositoryId: repositoryId ?? "",
    baseDirectory: "",
    branchDeploys: [{ branch: "attack/**", stage: "staging", deployProfileId: profiles.staging }],
    triggerDirectories: [],
    alwaysDeploy: false,
    everyCommit: false,
    runTests: true,
    checkoutSubmodules: false,
  });
  const sealed = (value: string) => seal(world.environment.web.SECRETS_RECIPIENT ?? "", value);
  for (const { value, ...parameter } of [...canaries, plain]) {
    await setParameter(ctx, { serviceId, stage: null, ...parameter, sealedValue: await sealed(value) });
  }
  // No verb takes these names; a row that is older than the rule might carry them.
  for (const [name, value] of Object.entries(steering)) {
    const sealedValue = await sealed(value);
    const told = { updatedByName: "somebody", updatedAt: new Date() };
    await db.parameter.create({
      data: { organizationId, serviceId, name, sealedValue, inBuildEnvironment: true, ...told },
    });
  }
}
