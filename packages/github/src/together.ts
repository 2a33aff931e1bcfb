type Flight<Answer> = { answer: Promise<Answer>; next: Promise<Answer> | null };

/**
 * Asks once for all who want to know the same at the same time. Nobody hears an answer to a question that was asked before
 * they wanted to know: who comes while one is under way shares the one after it.
 */
export function together<Asked, Answer>(
  keyOf: (asked: Asked) => string,
  ask: (asked: Asked) => Promise<Answer>,
): (asked: Asked) => Promise<Answer> {
  const flights = new Map<string, Flight<Answer>>();

  function begin(key: string, asked: Asked): Promise<Answer> {
    const answer = ask(asked);
    flights.set(key, { answer, next: null });
    const land = () => void flights.delete(key);
    answer.then(land, land);
    return answer;
  }

  return (asked) => {
    const key = keyOf(asked);
    const flight = flights.get(key);
    if (flight === undefined) return begin(key, asked);
    const after = () => begin(key, asked);
    flight.next ??= flight.answer.then(after, after);
    return flight.next;
  };
}
