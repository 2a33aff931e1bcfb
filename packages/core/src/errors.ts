export const refusalCodes = ["not_found", "forbidden", "invalid", "conflict", "limit_reached"] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** The domain says no. The message is for the person who asked. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  /** The form field that the message is about. */
  readonly field: string | undefined;

  constructor(code: RefusalCode, message: string, field?: string) {
    super(message);
    this.name = "Refusal";
    this.code = code;
    this.field = field;
  }
}

/** The world failed: a service that we need did not answer, or answered that it can't now. Worth another try. */
export class Outage extends Error {
  readonly service: string;

  constructor(service: string, cause: unknown) {
    super(`${service} did not answer as it should.`, { cause });
    this.name = "Outage";
    this.service = service;
  }
}
