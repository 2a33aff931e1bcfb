import { readWholeLog } from "@branchline/core/logs/queries";
import { db } from "@/lib/db";
import { findStreamable } from "@/lib/live/find-streamable";
import { answer, notThere } from "@/lib/route";

type Props = { params: Promise<{ id: string }> };

/** The whole masked log as it stands now, as fast as the reader takes it. */
export function GET(_: Request, { params }: Props): Promise<Response> {
  return answer("deployment.log", async () => {
    const deployment = await findStreamable((await params).id);
    if (deployment === null) return notThere();
    return new Response(bytesOf(readWholeLog(db(), deployment.deploymentId)), {
      headers: {
        "content-type": "text/plain; charset=utf-8",
        "content-disposition": `inline; filename="deployment-${deployment.number}.log"`,
        "cache-control": "no-store",
      },
    });
  });
}

function bytesOf(texts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await texts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await texts.return(undefined);
    },
  });
}
