/** The walk of a deployment rests here without a worker: it goes on when the time is over. */
export class Parked extends Error {
  readonly forMs: number;

  /** @param because what it waits for, in a sentence */
  constructor(because: string, forMs: number) {
    super(because);
    this.forMs = forMs;
  }
}
