import { connection } from "next/server";
import { db } from "@/lib/db";
import { log } from "@/lib/log";

/**
 * Whether pages can be read now: 200, or 503 while the database is away. For pages that are open; a balancer has better use
 * of a process that tells people why they see nothing.
 */
export async function GET(): Promise<Response> {
  await connection();
  try {
    await db().$queryRaw`SELECT 1`;
    return Response.json({ status: "ready" });
  } catch (error) {
    log.warn({ err: error }, "the database does not answer");
    return Response.json({ status: "not ready" }, { status: 503 });
  }
}
