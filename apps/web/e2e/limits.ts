export type Answer = { status: number; retryAfter: number | null; text: string };

/** The answers to the same question, asked so many times, one after the other. */
export async function askOften(address: string, times: number, request: () => RequestInit): Promise<Answer[]> {
  const answers: Answer[] = [];
  while (answers.length < times) {
    const response = await fetch(address, request());
    const retryAfter = response.headers.get("retry-after");
    const told = { status: response.status, retryAfter: retryAfter === null ? null : Number(retryAfter) };
    answers.push({ ...told, text: await response.text() });
  }
  return answers;
}

/** Opens streams that stay open until they are left. */
export async function holdStreams(address: string, cookie: string, count: number): Promise<{ leave(): void }> {
  const leaving = new AbortController();
  const open = () => fetch(address, { headers: { cookie }, signal: leaving.signal });
  const responses = await Promise.all(Array.from({ length: count }, open));
  const refused = responses.filter(({ status }) => status !== 200);
  if (refused.length > 0) throw new Error(`${refused.length} of ${count} streams were refused`);
  return { leave: () => leaving.abort() };
}
