/** A failure that a person can do something about: what happened, and what to do now. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly advice: string;

  constructor(what: string, advice: string, options?: ErrorOptions) {
    super(what, options);
    this.advice = advice;
  }
}
