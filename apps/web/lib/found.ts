import "server-only";
import { Refusal } from "@branchline/core/errors";
import { notFound } from "next/navigation";

/** For pages: what a query refuses as not found is the page that is not there. */
export async function found<Result>(query: Promise<Result>): Promise<Result> {
  try {
    return await query;
  } catch (error) {
    if (error instanceof Refusal && error.code === "not_found") notFound();
    throw error;
  }
}
