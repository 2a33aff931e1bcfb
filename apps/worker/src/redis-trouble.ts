import type { Logger } from "pino";

/** Errors come again within two seconds for as long as Redis is away. */
const wellMs = 10_000;

/** One line when Redis is missed and one when it is back, however many connections, jobs and bells meet that. */
export function createRedisTrouble(log: Pick<Logger, "warn" | "info">, quietMs = wellMs) {
  let untilWell: NodeJS.Timeout | undefined;

  function recover(): void {
    untilWell = undefined;
    log.info("Redis answers again");
  }

  return {
    met(error: unknown): void {
      if (untilWell === undefined)
        log.warn({ error: String(error) }, "Redis is away, full or empty; jobs wait, or come once more");
      clearTimeout(untilWell);
      untilWell = setTimeout(recover, quietMs);
    },
  };
}
