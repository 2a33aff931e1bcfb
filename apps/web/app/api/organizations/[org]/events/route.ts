import { findCtx } from "@/lib/ctx";
import { findLimitedSession, holdOpen } from "@/lib/limits";
import { eventStream } from "@/lib/live/event-stream";
import { organizationFrames } from "@/lib/live/organization-frames";
import { tail } from "@/lib/live/tail";
import { answer, notThere } from "@/lib/route";

export { getOnly as HEAD } from "@/lib/route";

type Props = { params: Promise<{ org: string }> };

export function GET(request: Request, { params }: Props): Promise<Response> {
  return answer("organization.events", async () => {
    const user = await findLimitedSession("stream");
    const ctx = user === null ? null : await findCtx((await params).org, user);
    if (ctx === null) return notThere();
    const { db, organizationId } = ctx;
    return eventStream(request.signal, (signal) => {
      holdOpen("stream", ctx.user, signal);
      return organizationFrames({ db, tail: tail(), organizationId, signal });
    });
  });
}
