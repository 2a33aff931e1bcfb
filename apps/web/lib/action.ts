import "server-only";
import { Outage, Refusal } from "@branchline/core/errors";
import { CommitInDoubt, isUnanswered } from "@branchline/db";
import { unstable_rethrow } from "next/navigation";
import { ZodError } from "zod";
import type { ActionState, Typed } from "./action-state";
import { findLimitedSession } from "./limits";
import { log } from "./log";

/**
 * The one door of every server action, within the limit of its asker. A refusal and a wrong field become words beside what was typed; anything else is
 * our bug: logged, and one sentence for the person.
 */
export async function act<Result>(
  name: string,
  typed: Typed,
  work: () => Promise<Result>,
): Promise<ActionState<Result>> {
  try {
    await findLimitedSession("action");
    return { status: "done", result: await work() };
  } catch (error) {
    unstable_rethrow(error);
    return { status: "refused", typed: withoutSecrets(typed), ...wordsFor(name, error) };
  }
}

type Words = { message: string | null; fields: Record<string, string> };

function wordsFor(name: string, error: unknown): Words {
  if (error instanceof ZodError) return wordsForFields(error);
  if (error instanceof Refusal) {
    const { field, message } = error;
    return field === undefined ? { message, fields: {} } : { message: null, fields: { [field]: message } };
  }
  if (error instanceof Outage) {
    log.warn({ action: name, err: error }, "an action met an outage");
    return { message: `${error.service} did not answer. Nothing was changed; try again in a moment.`, fields: {} };
  }
  if (isUnanswered(error)) {
    log.warn({ action: name, err: error }, "an action was not answered by the database");
    return { message: wordsForAbsence(error), fields: {} };
  }
  log.error({ action: name, err: error }, "an action failed");
  return { message: "Branchline could not do this. The operators have been told; try again.", fields: {} };
}

/** What was asked for is one transaction, so nothing of it is there, or all of it. */
function wordsForAbsence(error: object): string {
  if (error instanceof CommitInDoubt)
    return "The database went away while this was stored. Load the page again to see whether it was done.";
  return "The database did not answer. Nothing was changed; try again in a moment.";
}

function wordsForFields(error: ZodError): Words {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) {
    const field = issue.path.join(".");
    fields[field] ??= issue.message;
  }
  return { message: fields[""] ?? null, fields };
}

/** The text fields of a form, without what Postgres can't keep; one that appears twice becomes a list. */
export function typedOf(form: FormData): Typed {
  const typed: Typed = {};
  for (const key of new Set(form.keys())) {
    if (key.startsWith("$ACTION")) continue;
    const texts = form.getAll(key).flatMap((entry) => (typeof entry === "string" ? [entry.replaceAll("\0", "")] : []));
    const [first] = texts;
    if (first !== undefined) typed[key] = texts.length === 1 ? first : texts;
  }
  return typed;
}

/** A secret is typed once more rather than sent back. */
function withoutSecrets({ value: _, ...typed }: Typed): Typed {
  return typed;
}
