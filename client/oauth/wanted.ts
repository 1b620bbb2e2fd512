/** What tokens are asked for. */
export interface Wanted {
  /** With a space between; all that the client is registered for where it is left out. */
  readonly scope?: string;
  /** The APIs that the tokens are for; Latchkey itself where it is left out. RFC 8707. */
  readonly resource?: readonly string[];
}
