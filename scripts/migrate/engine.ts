import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import { SchemaEngine } from "@prisma/schema-engine-wasm";

/**
 * Prisma's schema engine as WebAssembly: the command line would download a binary for it.
 * @param databaseUrl where migrations are applied; to compare schemas, any database that answers
 */
export async function openSchemaEngine(databaseUrl: string): Promise<SchemaEngine> {
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(databaseUrl));
  return await SchemaEngine.new({ datamodels: undefined }, () => undefined, adapter);
}
