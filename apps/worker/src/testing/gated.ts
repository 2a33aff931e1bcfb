import { type AwsGate, startAwsGate } from "@branchline/testing/aws-gate";
import { type Scene, startScene } from "./scene.ts";

export type GatedScene = Scene & { gate: AwsGate };

/**
 * A scene in which everybody asks AWS through a gate: the worker, and the CLIs of its builds.
 * @param more what its worker is told besides, asked for each that starts
 */
export async function startGatedScene(more: () => Record<string, string> = () => ({})): Promise<GatedScene> {
  let gate: AwsGate | undefined;
  const scene = await startScene(async ({ aws, environment }) => {
    gate = await startAwsGate(aws);
    const routes = environment.worker.WORKER_EGRESS_ROUTES?.replace(`:${aws.port}`, `:${gate.port}`) ?? "";
    const through = { AWS_ENDPOINT_URL: gate.endpoint, WORKER_EGRESS_ROUTES: routes };
    return { workerEnvironment: () => ({ ...through, ...more() }) };
  });
  if (gate === undefined) throw new Error("The gate was not started");
  const { stop: close, ...gated } = { ...scene, gate };
  return {
    ...gated,
    async stop() {
      await close();
      await gated.gate.stop();
    },
  };
}
