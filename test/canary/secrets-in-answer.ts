import type { Secrets } from "./secrets.ts";

/** Fields of JSON answers that bring a secret, in every contract's spelling. */
const FIELDS: Readonly<Record<string, string>> = {
  accessToken: "access token",
  access_token: "access token",
  token: "access token",
  refreshToken: "refresh token",
  refresh_token: "refresh token",
  id_token: "ID token",
  mfaToken: "challenge",
  totp_token: "challenge",
  deviceCode: "device code",
  device_code: "device code",
  userCode: "user code",
  user_code: "user code",
  secret: "authenticator secret",
  backup_codes: "recovery code",
  recovery_codes: "recovery code",
  key: "key",
  client_secret: "client secret",
  webhook_secret: "webhook secret",
};

/** Hidden fields of our own forms. */
const HIDDEN: Readonly<Record<string, string>> = {
  csrf: "form token",
  challenge: "challenge",
  set_up: "sealed authenticator secret",
  ceremony: "passkey ceremony",
  request: "consent request",
};

export interface HeardAnswer {
  headers: Headers;
  body: string;
}

/** Learns every secret that an answer brings. */
export function learnSecrets(secrets: Secrets, { headers, body }: HeardAnswer, from: string): void {
  for (const cookie of headers.getSetCookie()) {
    const [, name = "", value = ""] = cookie.match(/^([^=]+)=([^;]*)/) ?? [];
    secrets.add(`cookie ${name}`, value, from);
  }
  const code = headers.get("location")?.match(/^https?:.*[?&]code=([^&]+)/)?.[1];
  secrets.add("authorization code", code ?? "", from);
  if (headers.get("content-type")?.startsWith("application/json")) {
    learnFields(secrets, JSON.parse(body), from);
  } else {
    learnHiddenFields(secrets, body, from);
  }
}

function learnFields(secrets: Secrets, value: unknown, from: string): void {
  for (const [name, inner] of Object.entries(value ?? {})) {
    const kind = FIELDS[name];
    const values = [inner].flat().filter((one) => typeof one === "string");
    if (kind) {
      for (const one of values) {
        secrets.add(kind, one, from);
      }
    } else if (typeof inner === "object") {
      learnFields(secrets, inner, from);
    }
  }
}

function learnHiddenFields(secrets: Secrets, html: string, from: string): void {
  for (const [, name = "", value = ""] of html.matchAll(
    /<input type="hidden" name="(\w+)" value="([^"]*)"/g,
  )) {
    secrets.add(HIDDEN[name] ?? "", HIDDEN[name] ? value : "", from);
  }
}
