import { findCtx } from "@/lib/ctx";
import { eventStream } from "@/lib/live/event-stream";
import { organizationFrames } from "@/lib/live/organization-frames";
import { tail } from "@/lib/live/tail";
import { answer, notThere } from "@/lib/route";

type Props = { params: Promise<{ org: string }> };

export function GET(request: Request, { params }: Props): Promise<Response> {
  return answer("organization.events", async () => {
    const ctx = await findCtx((await params).org);
    if (ctx === null) return notThere();
    const { db, organizationId } = ctx;
    return eventStream(request.signal, (signal) => organizationFrames({ db, tail: tail(), organizationId, signal }));
  });
}
