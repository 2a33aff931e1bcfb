export type ErrorStatus = 400 | 401 | 403 | 404 | 405 | 406 | 409 | 410 | 415 | 422 | 500 | 503;

export interface FieldError {
  resource: string;
  code: "missing" | "missing_field" | "invalid" | "already_exists" | "custom";
  field?: string;
  message?: string;
}

/** An answer in GitHub's error shape. */
export class RestError extends Error {
  readonly status: ErrorStatus;
  readonly fields: FieldError[] | undefined;

  constructor(status: ErrorStatus, message: string, fields?: FieldError[]) {
    super(message);
    this.name = "RestError";
    this.status = status;
    this.fields = fields;
  }

  body(): Record<string, unknown> {
    return {
      message: this.message,
      ...(this.fields ? { errors: this.fields } : {}),
      documentation_url: "https://docs.github.com/rest",
      status: String(this.status),
    };
  }
}

export function notFound(): RestError {
  return new RestError(404, "Not Found");
}

/** 422 "Validation Failed" for one field. */
export function invalid(resource: string, field: string, code: FieldError["code"] = "invalid", message?: string) {
  return new RestError(422, "Validation Failed", [{ resource, field, code, ...(message ? { message } : {}) }]);
}
