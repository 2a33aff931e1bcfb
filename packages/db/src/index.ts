export { createDb, type Db, type Tx } from "./client.ts";
export { isAway } from "./driver-error.ts";
export { Prisma } from "./generated/client.ts";
export * from "./generated/enums.ts";
export type * from "./generated/models.ts";
export { transact } from "./transact.ts";
