/** What the command line asks for. */
export interface Order {
  /** As it was given: RFC 8414 compares issuers letter by letter. */
  readonly issuer: string;
  /** Null where none was named: then any client that signed in will do. */
  readonly clientId: string | null;
  readonly scope: string;
  /** What the tokens are to be for: RFC 8707. None: for the issuer itself. */
  readonly resources: readonly string[];
  /** Open the browser. */
  readonly open: boolean;
}
