/** Something that a person, a program or the clock has a service do, from the first request to the last. */
export interface Flow {
  /** How profiles name it. */
  id: string;
  /** How people read it. */
  name: string;
  /** Gets ready what one time takes, and gives that time. What was got ready is not counted. */
  prepare(): Promise<() => Promise<unknown>>;
  /** Whether getting ready takes password hashes or a thousand rows: it is then done less often. */
  isDear?: true;
  /** Done side by side, as each waits by itself. */
  isWaiting?: true;
}
