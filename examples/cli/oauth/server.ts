/** What a server announced about itself and this client uses: RFC 8414 §2. */
export interface Server {
  readonly issuer: string;
  readonly tokenEndpoint: string;
  readonly deviceAuthorizationEndpoint: string | null;
  readonly revocationEndpoint: string | null;
  readonly userinfoEndpoint: string | null;
  /** Whether a device code can be bound to who asked for it, as RFC 7636 binds authorization codes. */
  readonly bindsDeviceCodes: boolean;
  /** How long a poll may be held (RFC 7240 `wait`); 0 where none is. */
  readonly holdSeconds: number;
}
