import { startTcpProxy, type TcpProxy } from "@branchline/testing/tcp-proxy";
import { Redis } from "ioredis";
import { expect, onTestFinished, test, vi } from "vitest";
import { everyBell, type Heard, listening, ownValkey, ringing } from "./testing/bells.ts";

const promisedMs = 30_000;

type Server = Awaited<ReturnType<typeof ownValkey>>;

/** A master and its replica, and the one address by which everybody knows whichever is the master. */
type Pair = {
  master: Server;
  replica: Server;
  address: TcpProxy;
  /** Settles when a worker was told that what it speaks with is read-only. */
  refused(): Promise<void>;
};

const failovers: Record<string, (pair: Pair) => Promise<void>> = {
  async "the master is killed, and its replica takes nothing for a moment"({ master, replica, address, refused }) {
    address.pointAt(placeOf(replica));
    await master.crash();
    await refused();
    await promote(replica);
  },
  async "the master lives on as the other's replica"({ master, replica, address, refused }) {
    await promote(replica);
    await tell(master, (redis) => redis.replicaof("127.0.0.1", replica.port));
    await refused();
    address.pointAt(placeOf(replica));
  },
  async "the master falls silent"({ master, replica, address }) {
    await promote(replica);
    address.pointAt(placeOf(replica));
    master.freeze();
  },
};

test("fault 11: whoever rings and whoever listens go on unaided when a replica is promoted, whether the master died, lives on as a replica, or fell silent", async () => {
  await Promise.all(Object.entries(failovers).map(([how, fail]) => goesOn(how, fail)));
});

async function goesOn(how: string, fail: (pair: Pair) => Promise<void>): Promise<void> {
  const { master, replica, address } = await startPair();
  const url = `redis://127.0.0.1:${address.port}/0`;
  const heard: Heard[] = [];
  const errors: string[] = [];
  const onRedisError = (error: unknown) => void errors.push(String(error));
  await listening(url, async (job) => void heard.push(job), { onRedisError }).ready;
  const doorbell = ringing(url);
  await doorbell.ring(everyBell);
  await vi.waitFor(() => expect(heard).toHaveLength(everyBell.length), { timeout: 10_000 });
  heard.length = 0;
  const refused = () => vi.waitFor(() => expect(errors.join()).toContain("READONLY"), { timeout: 20_000 });
  await fail({ master, replica, address, refused });
  // As the sweep does.
  await vi.waitFor(
    async () => {
      await doorbell.ring(everyBell);
      expect(heard, how).toEqual(expect.arrayContaining(everyBell));
    },
    { timeout: promisedMs, interval: 500 },
  );
}

async function startPair(): Promise<Omit<Pair, "refused">> {
  const [master, replica] = await Promise.all([ownValkey(), ownValkey()]);
  await Promise.all([master.start(), replica.start()]);
  await tell(replica, (redis) => redis.replicaof("127.0.0.1", master.port));
  const address = await startTcpProxy(placeOf(master));
  onTestFinished(address.stop);
  return { master, replica, address };
}

const placeOf = ({ port }: Server) => ({ host: "127.0.0.1", port });

const promote = (server: Server) => tell(server, (redis) => redis.replicaof("NO", "ONE"));

async function tell(server: Server, say: (redis: Redis) => Promise<unknown>): Promise<void> {
  const redis = new Redis(server.url);
  await say(redis);
  redis.disconnect();
}
