/** A sign-in that waits for a person to confirm it: RFC 8628 §3.2. */
export interface DeviceGrant {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly verificationUri: string;
  readonly verificationUriComplete: string | null;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  readonly intervalSeconds: number;
  readonly clientId: string;
  /** Goes with every poll; null where the server does not bind device codes. */
  readonly codeVerifier: string | null;
  /** The same for every poll of this grant, so that tokens whose answer got lost can be had again. */
  readonly idempotencyKey: string;
}
