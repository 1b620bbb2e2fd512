import { Secrets } from "../../canary/secrets.ts";
import { learnSecrets } from "../../canary/secrets-in-answer.ts";

/** Fields of requests that tell a secret, or whose it is, in every contract's spelling. */
const SENT: Readonly<Record<string, string>> = {
  email: "e-mail address",
  name: "name",
  password: "password",
  token: "mailed token",
  code: "code",
  code_verifier: "code verifier",
  recovery_code: "recovery code",
  refreshToken: "refresh token",
  refresh_token: "refresh token",
  device_code: "device code",
  userCode: "user code",
};

/** From now on, learns every secret that this process sends over HTTP, or is answered. */
export function watchSecrets(): Secrets {
  const secrets = new Secrets();
  const { fetch: send } = globalThis;
  globalThis.fetch = async (input, init) => {
    learnSent(secrets, init?.body);
    const answer = await send(input, init);
    const body = await answer.clone().text();
    learnSecrets(secrets, { headers: answer.headers, body }, "an answer");
    return answer;
  };
  return secrets;
}

function learnSent(secrets: Secrets, body: unknown): void {
  for (const [name, value] of fieldsOf(body)) {
    const kind = SENT[name];
    if (kind && typeof value === "string") {
      secrets.add(kind, value, "a request");
    }
  }
}

function fieldsOf(body: unknown): Iterable<[string, unknown]> {
  if (body instanceof URLSearchParams) {
    return body;
  }
  return typeof body === "string" ? Object.entries(JSON.parse(body) as object) : [];
}
