import { offerTestServers } from "./test-servers.ts";

/** Once per run of vitest; the test files inherit the address. */
export default async function setUp(): Promise<() => Promise<void>> {
  const servers = await offerTestServers();
  process.env.BRANCHLINE_TEST_SERVERS = servers.url;
  return async () => await servers.stop();
}
