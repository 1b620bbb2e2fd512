import { type Answer, ask, type Question } from "../ask.ts";
import type { Check } from "../check.ts";
import { fail, pass } from "../finding.ts";

/** What goes wrong in a request, and the status it has to get. */
const WRONG: readonly (readonly [string, Question, number])[] = [
  ["/api/nowhere", {}, 404],
  ["/nowhere", {}, 404],
  ["/api/login", { method: "DELETE" }, 405],
  ["/api/login", { text: '{"email":' }, 400],
  ["/api/login", { json: { email: ["a"], password: {} } }, 400],
  ["/oauth/token", { form: { grant_type: "password" } }, 400],
  ["/oauth/device_authorization", { form: { client_id: "latchkey-doctor-nobody" } }, 401],
  ["/oauth/introspect", { form: { token: "x" } }, 401],
  ["/oauth/userinfo", { headers: { authorization: "Bearer x.y.z" } }, 401],
];

/** What tells of the inside. */
const TRACE = /\bat \S+ \(|node_modules|\.ts:\d+|D1_ERROR|SQLITE_/;

/** A wrong request is refused by its status, as JSON, without a word of the inside. */
export const refusesPlainly: Check = {
  name: "refusals",
  title: "Wrong requests are refused plainly",
  async look(patient) {
    const answers = await Promise.all(
      WRONG.map(([path, question]) => ask(patient, path, question)),
    );
    const wrong = WRONG.flatMap(([path, { method = "" }, status], index) =>
      isPlain(answers[index], status)
        ? []
        : [`${method} ${path} answered ${answers[index]?.status}, not ${status}`.trim()],
    );
    return wrong.length === 0
      ? pass(`${WRONG.length} wrong requests.`)
      : fail(
          `${wrong.join("; ")}, or not as JSON.`,
          "Look for a WAF rule or custom error page in front of the Worker, and in its logs for 500.",
        );
  },
};

function isPlain(answer: Answer | undefined, status: number): boolean {
  return (
    answer?.status === status &&
    !TRACE.test(answer.text) &&
    (answer.headers.get("content-type") ?? "").startsWith("application/json") &&
    (status !== 405 || answer.headers.has("allow"))
  );
}
