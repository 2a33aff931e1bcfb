import { Client } from "pg";

/** One statement on a connection of its own. */
export async function runSql(databaseUrl: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** One statement in a transaction that holds what it took for as long as `work` lasts. */
export async function whileHeld<T>(databaseUrl: string, statement: string, work: () => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query("BEGIN");
    await client.query(statement);
    return await work();
  } finally {
    await client.end();
  }
}
