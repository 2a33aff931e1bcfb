/**
 * A bell wakes a job for a row that is due. It carries ids only; a lost bell is rung again by the sweep.
 * Of two that wait for the same worker, the one with the lower priority goes first, and one without before both.
 * The names are those of the queue's catalogue, which the worker's composition holds together by type.
 */
export type CoreBell =
  | { name: "github.receive"; payload: { deliveryId: string } }
  | { name: "github.redeliver"; payload: Record<string, never> }
  | { name: "deployment.admit"; payload: Record<string, never> }
  | { name: "deployment.run"; payload: { deploymentId: string }; priority?: number }
  | { name: "deployment.take-over"; payload: { deploymentId: string } }
  | { name: "deployment.report"; payload: { deploymentId: string } }
  | { name: "repository.scan"; payload: { repositoryId: string } }
  | { name: "repository.look"; payload: { repositoryId: string } }
  | { name: "installation.sync"; payload: { installationId: string } }
  | { name: "deploy-profile.prove"; payload: { deployProfileId: string } };

export type Doorbell = { ring(bells: CoreBell[]): Promise<void> };
