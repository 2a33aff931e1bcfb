import { openStreams } from "../streams";
import { heartbeat, retryMs } from "./frames";

export type StreamLimits = {
  /** After this long the stream ends between two frames and the browser comes back. */
  lifeMs: number;
  heartbeatMs: number;
};

const limits: StreamLimits = { lifeMs: 90_000, heartbeatMs: 15_000 };

const headers = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-cache, no-transform",
  "x-accel-buffering": "no",
};

/**
 * Answers with what the work yields, as the reader takes it: a slow reader holds the work, not our memory; one who takes
 * nothing loses the connection. The signal tells the work to end: the reader left, the life is over, or this process is to
 * stop.
 * @param work yields frames; an empty string stands for "nothing new" and becomes a heartbeat when one is due
 */
export function eventStream(
  requestSignal: AbortSignal,
  work: (signal: AbortSignal) => AsyncGenerator<string>,
  { lifeMs, heartbeatMs }: StreamLimits = limits,
): Response {
  const ending = new AbortController();
  const end = () => ending.abort();
  const encoder = new TextEncoder();
  const frames = work(ending.signal);
  const life = setTimeout(end, lifeMs);
  const next = withHeartbeat(frames, heartbeatMs);
  ending.signal.addEventListener("abort", () => {
    clearTimeout(life);
    openStreams.delete(end);
    requestSignal.removeEventListener("abort", end);
  });
  requestSignal.addEventListener("abort", end, { once: true });
  openStreams.add(end);
  if (requestSignal.aborted) end();
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        controller.enqueue(encoder.encode(`retry: ${retryMs}\n\n`));
      },
      async pull(controller) {
        const text = await next().catch((error: unknown) => {
          end();
          throw error;
        });
        if (text !== null) return controller.enqueue(encoder.encode(text));
        end();
        controller.close();
      },
      async cancel() {
        end();
        await frames.return(undefined);
      },
    },
    { highWaterMark: 1 },
  );
  return new Response(body, { headers });
}

/** The next text that is to be sent; null at the end. */
function withHeartbeat(frames: AsyncGenerator<string>, heartbeatMs: number): () => Promise<string | null> {
  let sentAt = Date.now();
  const textOf = (told: string) => (told === "" && Date.now() - sentAt >= heartbeatMs ? heartbeat : told);
  return async () => {
    let step = await frames.next();
    while (!step.done && textOf(step.value) === "") step = await frames.next();
    if (step.done) return null;
    const text = textOf(step.value);
    sentAt = Date.now();
    return text;
  };
}
