export type Answer = { status: number; retryAfter: number | null; text: string };

/** The answers to the same question, asked so many times, one after the other. */
export async function askOften(address: string, times: number, request: () => RequestInit): Promise<Answer[]> {
  const answers: Answer[] = [];
  while (answers.length < times) answers.push(await answerOf(await fetch(address, request())));
  return answers;
}

/** Opens streams, one after the other, until there is no room for more. */
export async function fillStreams(address: string, cookie: string) {
  const held: Response[] = [];
  for (;;) {
    const response = await fetch(address, { headers: { cookie } });
    if (response.status !== 200) {
      const leave = () => Promise.all(held.map(({ body }) => body?.cancel()));
      return { count: held.length, refused: await answerOf(response), leave };
    }
    held.push(response);
  }
}

async function answerOf(response: Response): Promise<Answer> {
  const retryAfter = response.headers.get("retry-after");
  return {
    status: response.status,
    retryAfter: retryAfter === null ? null : Number(retryAfter),
    text: await response.text(),
  };
}
