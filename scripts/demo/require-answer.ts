import type { z } from "zod";
import { Problem } from "../problem.ts";
import { type Answer, ask, type Question, type Walk } from "./ask.ts";
import { refusal } from "./replies.ts";

/** Asks for an answer of a known shape. Everything else is a problem with the way out of it. */
export async function requireAnswer<Schema extends z.ZodType>(
  walk: Walk,
  question: Question,
  schema: Schema,
): Promise<Answer<z.output<Schema>>> {
  const name = `${question.method} ${question.path}`;
  const answer = await ask(walk, question).catch((error: unknown) => {
    walk.stop.throwIfAborted();
    throw new Problem(
      `${name} got no answer from ${walk.url}.`,
      "Check in its terminal that the server still runs, then run the demo again.",
      { cause: error },
    );
  });
  const body = schema.safeParse(answer.body);
  if (answer.status >= 300 || !body.success) {
    throw new Problem(`${name} answered ${answer.status}: ${wording(answer)}`, advice(answer));
  }
  return { ...answer, body: body.data };
}

function wording(answer: Answer): string {
  const refused = refusal.safeParse(answer.body);
  if (refused.success) {
    return `${refused.data.error.code}, ${refused.data.error.message}`;
  }
  return answer.status < 300
    ? "a body of an unexpected shape."
    : JSON.stringify(answer.body).slice(0, 300);
}

function advice(answer: Answer): string {
  if (answer.status === 429) {
    return `Wait ${answer.headers.get("Retry-After") ?? "60"} seconds, then run the demo again.`;
  }
  if (answer.status >= 500) {
    return "Look for the failure in the server's own output, then run the demo again.";
  }
  return "Start the server of this checkout on fresh data and try again: npm run reset && npm run dev";
}
