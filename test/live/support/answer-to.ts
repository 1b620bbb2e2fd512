import { anAddress } from "./an-address.ts";
import { issuer } from "./issuer.ts";

export interface Asked {
  /** Nobody else's unless given. */
  address?: string;
  accessToken?: string | undefined;
  /** Sent as JSON. */
  body?: object;
  /** Sent as a form. */
  form?: Readonly<Record<string, string>>;
}

export interface Answer<Body> {
  status: number;
  headers: Headers;
  body: Body;
}

/** Whatever is answered: to a GET where nothing is sent, or else to a POST. */
export async function answerTo<Body = Record<string, unknown>>(
  path: string,
  { address = anAddress(), accessToken, body, form }: Asked = {},
): Promise<Answer<Body>> {
  const sent = form ? new URLSearchParams(form) : body && JSON.stringify(body);
  const answer = await fetch(new URL(path, issuer), {
    method: sent === undefined ? "GET" : "POST",
    headers: {
      "cf-connecting-ip": address,
      ...(body && { "content-type": "application/json" }),
      ...(accessToken && { authorization: `Bearer ${accessToken}` }),
    },
    body: sent ?? null,
  });
  const text = await answer.text();
  const isJson = answer.headers.get("content-type")?.startsWith("application/json");
  return {
    status: answer.status,
    headers: answer.headers,
    body: (isJson ? JSON.parse(text) : text) as Body,
  };
}
