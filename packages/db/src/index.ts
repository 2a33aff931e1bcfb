export { createDb, type Db, type Tx } from "./client.ts";
export { CommitInDoubt, isAway, isUnanswered } from "./driver-error.ts";
export { Prisma } from "./generated/client.ts";
export * from "./generated/enums.ts";
export type * from "./generated/models.ts";
export { createPatientDb } from "./patient.ts";
export { transact } from "./transact.ts";
