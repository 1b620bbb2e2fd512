import { issuer } from "./issuer.ts";

/** Posts as somebody at their address. Throws for every answer but a good one. */
export async function postAs(
  { address, accessToken }: { address: string; accessToken?: string },
  path: string,
  body: object,
): Promise<unknown> {
  const answer = await fetch(new URL(path, issuer), {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "cf-connecting-ip": address,
      ...(accessToken && { authorization: `Bearer ${accessToken}` }),
    },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) {
    throw new Error(`POST ${path} answered ${answer.status}: ${text.slice(0, 300)}`);
  }
  return JSON.parse(text);
}
