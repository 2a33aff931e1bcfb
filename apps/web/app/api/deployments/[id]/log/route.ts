import { readWholeLog } from "@branchline/core/logs/queries";
import { db } from "@/lib/db";
import { findLimitedSession, holdOpen } from "@/lib/limits";
import { findStreamable } from "@/lib/live/find-streamable";
import { answer, notThere } from "@/lib/route";

export { getOnly as HEAD } from "@/lib/route";

type Props = { params: Promise<{ id: string }> };

/** The whole masked log as it stands now, as fast as the reader takes it. */
export function GET(request: Request, { params }: Props): Promise<Response> {
  return answer("deployment.log", async () => {
    const user = await findLimitedSession("log");
    if (user === null) return notThere();
    const deployment = await findStreamable((await params).id, user);
    if (deployment === null) return notThere();
    const reading = new AbortController();
    holdOpen("log", user, reading.signal);
    request.signal.addEventListener("abort", () => reading.abort(), { once: true });
    if (request.signal.aborted) reading.abort();
    return new Response(bytesOf(readWholeLog(db(), deployment.deploymentId), reading), {
      headers: {
        "content-type": "text/plain; charset=utf-8",
        "content-disposition": `inline; filename="deployment-${deployment.number}.log"`,
        "cache-control": "no-store",
      },
    });
  });
}

/** The reading is told when it is over, however it ends. */
function bytesOf(texts: AsyncGenerator<string>, reading: AbortController): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await texts.next().catch((error: unknown) => {
        reading.abort();
        throw error;
      });
      if (!done) return controller.enqueue(encoder.encode(value));
      reading.abort();
      controller.close();
    },
    async cancel() {
      reading.abort();
      await texts.return(undefined);
    },
  });
}
