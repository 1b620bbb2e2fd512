/** The headers of every JSON answer of this contract. */
export const JSON_ANSWER = { "cache-control": "no-store", "content-type": "application/json" };

/** A whole refusal in this contract's envelope, as `seen` shows it. */
export function refusal(
  status: number,
  code: string,
  message: string,
  { fields, headers }: { fields?: Record<string, string>; headers?: Record<string, string> } = {},
) {
  return {
    status,
    headers: { ...JSON_ANSWER, ...headers },
    body: { error: { code, message, ...(fields && { fields }) } },
  };
}

/** The headers of a 429, on a stopped clock. */
export function comeBack({ limit, inSeconds }: { limit: number; inSeconds: number }) {
  return {
    "retry-after": String(inSeconds),
    "x-ratelimit-limit": String(limit),
    "x-ratelimit-remaining": "0",
    "x-ratelimit-reset": String(Math.ceil(Date.now() / 1000) + inSeconds),
  };
}
