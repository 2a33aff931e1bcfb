import { connection } from "next/server";
import { db } from "@/lib/db";
import { answer } from "@/lib/route";

/**
 * Whether pages can be read now: 200, or 503 while the database is away. For pages that are open; a balancer has better use
 * of a process that tells people why they see nothing.
 */
export function GET(): Promise<Response> {
  return answer("readyz", async () => {
    await connection();
    await db().$queryRaw`SELECT 1`;
    return Response.json({ status: "ready" });
  });
}
