/** What a promise came to: how often it was broken, and each time in a sentence. */
export type Judgement = { broken: number; sentences: string[] };

export function judgementOf(sentences: string[]): Judgement {
  return { broken: sentences.length, sentences };
}
