import type { Work } from "@branchline/core/deployments/work";
import { listSealedParameters } from "@branchline/core/parameters/queries";
import { withoutReserved } from "@branchline/runner";
import { open } from "@branchline/secrets";
import type { Parts } from "../parts.ts";
import { Stopped } from "./stopped.ts";

export type OpenParameters = {
  service: Record<string, string>;
  stage: Record<string, string>;
  /** Those marked for the build; the stage's win over the service's. */
  build: Record<string, string>;
};

/** Opens what was sealed for this worker's identity. */
export async function openParameters({ db, env }: Parts, work: Work): Promise<OpenParameters> {
  const opened: OpenParameters = { service: {}, stage: {}, build: {} };
  const sealed = await listSealedParameters(db, { serviceId: work.serviceId, stageId: work.stageId });
  const bySpecificity = sealed.toSorted((one, other) => Number(one.stageId !== null) - Number(other.stageId !== null));
  for (const { name, stageId, sealedValue, inBuildEnvironment } of bySpecificity) {
    const value = await open(env.SECRETS_IDENTITY, sealedValue).catch(() => {
      throw new Stopped("parameters_unreadable", `The parameter \`${name}\` could not be opened.`);
    });
    opened[stageId === null ? "service" : "stage"][name] = value;
    if (inBuildEnvironment) opened.build[name] = value;
  }
  return { ...opened, build: withoutReserved(opened.build) };
}
