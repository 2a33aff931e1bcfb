type Options = {
  /** Where to ask for what comes after an id. */
  addressAfter(id: string | null): string;
  /** What hears a body, by the event's name. */
  hearing: Record<string, (body: never) => void>;
  /** Told why nothing comes for now, and null when something does again. */
  onPause(why: string | null): void;
};

/**
 * Hears server-sent events. A browser comes back by itself after a lost connection, but gives up for good where it is
 * refused, and does not say why; so then the address is asked until it answers.
 * @returns what ends it
 */
export function openLiveChannel({ addressAfter, hearing, onPause }: Options): () => void {
  const ending = new AbortController();
  let last: string | null = null;
  let events: EventSource;
  let again: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    events = new EventSource(addressAfter(last));
    for (const [name, hear] of Object.entries(hearing)) {
      events.addEventListener(name, (event: MessageEvent<string>) => {
        last = event.lastEventId === "" ? last : event.lastEventId;
        hear(JSON.parse(event.data) as never);
      });
    }
    events.addEventListener("open", () => onPause(null));
    events.addEventListener("error", () => {
      if (events.readyState === EventSource.CLOSED) void ask();
    });
  };
  const ask = async () => {
    const refusal = await askWhy(addressAfter(last), ending.signal);
    if (ending.signal.aborted) return;
    if (refusal === null) return open();
    onPause(refusal.why);
    if (refusal.againMs !== null) again = setTimeout(ask, refusal.againMs);
  };
  open();
  return () => {
    ending.abort();
    events.close();
    clearTimeout(again);
  };
}

const patienceMs = 5_000;
const away = `The server does not answer. It is asked every ${patienceMs / 1_000} s.`;
const gone = "What it shows is not there for you any more. Load it again.";

/** @returns null when it answers; otherwise why not, and after how long to ask again, if ever */
async function askWhy(address: string, signal: AbortSignal): Promise<{ why: string; againMs: number | null } | null> {
  const response = await fetch(address, { signal }).catch(() => null);
  if (response?.ok) {
    await response.body?.cancel();
    return null;
  }
  if (response?.status === 404) return { why: gone, againMs: null };
  if (response?.status !== 429) return { why: away, againMs: patienceMs };
  const { error } = (await response.json().catch(() => ({ error: away }))) as { error: string };
  return { why: error, againMs: Number(response.headers.get("retry-after")) * 1_000 || patienceMs };
}
