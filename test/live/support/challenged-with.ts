interface Challenge {
  code: string;
  status: number;
  cause: readonly { parameters: { error?: string } }[];
}

/** Whether a client reports this refusal of a token. RFC 6750 §3.1. */
export function challengedWith(status: number, error: string): (reported: Challenge) => boolean {
  return ({ code, cause, ...reported }) =>
    code === "OAUTH_WWW_AUTHENTICATE_CHALLENGE" &&
    reported.status === status &&
    cause[0]?.parameters.error === error;
}
