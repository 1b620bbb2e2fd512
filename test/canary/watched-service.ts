import { startService, type TestService } from "../support/service.ts";
import type { Place, Secrets } from "./secrets.ts";
import { learnSecrets } from "./secrets-in-answer.ts";

/**
 * A service every answer of which is kept, header and body, under its number and its request's method
 * and path, and whose secrets are learnt.
 */
export function startWatchedService(
  secrets: Secrets,
  answers: Place[],
  variables: Record<string, string>,
): TestService {
  const service = startService(variables);

  function keep(method: string, path: string, headers: Headers, body: string): void {
    const where = `answer ${answers.length} to ${method} ${path.replace(/\?.*/, "")}`;
    const text = [...[...headers].map((header) => header.join(": ")), body].join("\n");
    answers.push({ where, text });
    learnSecrets(secrets, { headers, body }, where);
  }

  return {
    ...service,
    async ask(path, asked) {
      const answer = await service.ask<never>(path, asked);
      const { headers, body } = answer;
      keep(asked?.method ?? "POST", path, headers, asText(body));
      return answer;
    },
    async fetch(request) {
      const response = await service.fetch(request);
      const body = response.status === 101 ? "" : await response.clone().text();
      keep(request.method, new URL(request.url).pathname, response.headers, body);
      return response;
    },
  };
}

function asText(body: unknown): string {
  return typeof body === "string" ? body : JSON.stringify(body);
}
