import type { Work } from "@branchline/core/deployments/work";
import { listSealedParameters } from "@branchline/core/parameters/queries";
import { withoutReserved } from "@branchline/runner";
import { open } from "@branchline/secrets";
import type { Parts } from "../parts.ts";
import type { RunRecord } from "./record.ts";
import { Stopped } from "./stopped.ts";

export type OpenParameters = {
  service: Record<string, string>;
  stage: Record<string, string>;
  /** Those marked for the build; the stage's win over the service's. */
  build: Record<string, string>;
};

export const noParameters: OpenParameters = { service: {}, stage: {}, build: {} };

/**
 * Opens what was sealed for this worker's identity. A secret that can be opened is hidden from then on, whatever becomes of the rest.
 * @throws Stopped that names one that can't be opened
 */
export async function openParameters(
  { db, env }: Parts,
  work: Work,
  { secrets }: Pick<RunRecord, "secrets">,
): Promise<OpenParameters> {
  const opened: OpenParameters = { service: {}, stage: {}, build: {} };
  const sealed = await listSealedParameters(db, { serviceId: work.serviceId, stageId: work.stageId });
  const bySpecificity = sealed.toSorted((one, other) => Number(one.stageId !== null) - Number(other.stageId !== null));
  const unreadable: string[] = [];
  for (const { name, stageId, sealedValue, inBuildEnvironment, isSecret } of bySpecificity) {
    const value = await open(env.SECRETS_IDENTITY, sealedValue).catch(() => null);
    if (value === null) {
      unreadable.push(name);
      continue;
    }
    if (isSecret) secrets.add([{ name, value }]);
    opened[stageId === null ? "service" : "stage"][name] = value;
    if (inBuildEnvironment) opened.build[name] = value;
  }
  const [first] = unreadable;
  if (first !== undefined) {
    throw new Stopped("parameters_unreadable", `The parameter \`${first}\` could not be opened.`);
  }
  return { ...opened, build: withoutReserved(opened.build) };
}
