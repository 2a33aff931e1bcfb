import type { NextRequest } from "next/server";
import { db } from "@/lib/db";
import { findLimitedSession, holdOpen } from "@/lib/limits";
import { deploymentFrames } from "@/lib/live/deployment-frames";
import { eventStream } from "@/lib/live/event-stream";
import { findStreamable } from "@/lib/live/find-streamable";
import { positionOf } from "@/lib/live/frames";
import { tail } from "@/lib/live/tail";
import { answer, notThere } from "@/lib/route";

export { getOnly as HEAD } from "@/lib/route";

type Props = { params: Promise<{ id: string }> };

/** `?after=` is where the page itself stopped; a browser that comes back says where it is by its header. */
export function GET(request: NextRequest, { params }: Props): Promise<Response> {
  return answer("deployment.events", async () => {
    const user = await findLimitedSession("stream");
    if (user === null) return notThere();
    const deployment = await findStreamable((await params).id, user);
    if (deployment === null) return notThere();
    const { deploymentId } = deployment;
    const after = positionOf(request.headers.get("last-event-id") ?? request.nextUrl.searchParams.get("after"));
    return eventStream(request.signal, (signal) => {
      holdOpen("stream", user, signal);
      return deploymentFrames({ db: db(), tail: tail(), deploymentId, after, signal });
    });
  });
}
