import { Problem } from "../problem.ts";

/** What to do about a service that does not work. */
export function lookAtHealth(url: string): string {
  return `${url}/health/ready says what does not work there.`;
}

/** That something answers there, and is no service of ours, or one that does not work. */
export function noApi(url: string, status: number | undefined, cause?: unknown): Problem {
  if (status !== undefined && status >= 500) {
    return new Problem(`${url} answered ${status}.`, `${lookAtHealth(url)} Nothing was changed.`, {
      cause,
    });
  }
  return new Problem(
    `There is no Latchkey admin API at ${url}.`,
    "Check the address: --url takes what the service has as PUBLIC_URL. Nothing was changed.",
    { cause },
  );
}
