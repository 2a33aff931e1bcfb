/** GitHub sends 25 MB at the most. */
const bodyBytesMax = 26 * 1024 * 1024;
const readMs = 8_000;

export type ReadBody = { kind: "read"; bytes: Buffer } | { kind: "too_large" } | { kind: "too_slow" };

/** The raw bytes, bounded in size and time: nothing is parsed before the signature is known to be ours. */
export async function readBody(request: Request): Promise<ReadBody> {
  if (Number(request.headers.get("content-length") ?? 0) > bodyBytesMax) return { kind: "too_large" };
  if (request.body === null) return { kind: "read", bytes: Buffer.alloc(0) };
  const reader = request.body.getReader();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(() => resolve("late"), readMs);
  });
  try {
    return await collect(reader, late);
  } finally {
    clearTimeout(timer);
    await reader.cancel().catch(() => undefined);
  }
}

async function collect(reader: ReadableStreamDefaultReader<Uint8Array>, late: Promise<"late">): Promise<ReadBody> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const next = await Promise.race([reader.read(), late]);
    if (next === "late") return { kind: "too_slow" };
    if (next.done) return { kind: "read", bytes: Buffer.concat(parts) };
    size += next.value.length;
    if (size > bodyBytesMax) return { kind: "too_large" };
    parts.push(next.value);
  }
}
