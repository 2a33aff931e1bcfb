/** The walk of a deployment rests here without a worker: it goes on when the time is over. */
export class Parked extends Error {
  readonly forMs: number;
  readonly isCancelHeeded: boolean;

  /**
   * @param because what it waits for, in a sentence
   * @param isCancelHeeded whether it was cancelled, and all was done about that
   */
  constructor(because: string, forMs: number, isCancelHeeded = false) {
    super(because);
    this.forMs = forMs;
    this.isCancelHeeded = isCancelHeeded;
  }
}
