/** The mailbox takes no letters, now or later: trying again is of no use, and tells on the sender. */
export class Bounced {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}
