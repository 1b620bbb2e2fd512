import { answerTo } from "./answer-to.ts";

/** Posts as somebody at their address. Throws for every answer but a good one. */
export async function postAs(
  { address, accessToken }: { address: string; accessToken?: string },
  path: string,
  body: object,
): Promise<unknown> {
  const answer = await answerTo<unknown>(path, { address, accessToken, body });
  if (answer.status >= 300) {
    const said = JSON.stringify(answer.body).slice(0, 300);
    throw new Error(`POST ${path} answered ${answer.status}: ${said}`);
  }
  return answer.body;
}
