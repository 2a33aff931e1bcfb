import { Client } from "pg";

/** A secret as it is, and as a dump, a queue or a template would write its bytes. */
export function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [secret, bytes.toString("hex"), bytes.toString("base64").replace(/=+$/, "")];
}

/** Every row of every table, as a dump would write it. */
export async function dumpOfPostgres(url: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')",
    );
    const texts: string[] = [];
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ text: string }>(`SELECT row::text AS text FROM ${name} AS row`);
      texts.push(name, ...rows.map((row) => row.text));
    }
    return texts.join("\n");
  } finally {
    await client.end();
  }
}
