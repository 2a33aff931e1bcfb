import type { Statements } from "@branchline/db/statements";
import type { Doorbell } from "@branchline/queue";
import type { Logger } from "pino";

/** What main.ts constructs once and every route gets. */
export type Parts = {
  /** The webhooks' own connections, which no page and no worker can take. */
  statements: Statements;
  doorbell: Doorbell;
  webhookSecret: string;
  log: Logger;
};
