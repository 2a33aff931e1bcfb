import type { Db, Statements } from "@branchline/db";
import type { Doorbell } from "@branchline/queue";
import type { Logger } from "pino";

/** What main.ts constructs once and every route gets. */
export type Parts = {
  db: Db;
  /** The webhooks' own connections. */
  statements: Statements;
  doorbell: Doorbell;
  webhookSecret: string;
  log: Logger;
};
