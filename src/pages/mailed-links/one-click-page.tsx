import type { Context } from "hono";
import type { Child } from "hono/jsx";
import type { Refused } from "../../core/refused.ts";
import type { AppEnv } from "../../http/app-env.ts";
import { noteRefusal } from "../form/note-refusal.ts";
import { ProblemSummary } from "../form/problem-summary.tsx";
import { tooManyAttempts } from "../form/too-many-attempts.ts";
import { page } from "../frame/page.tsx";
import { textsOf } from "../frame/texts-of.ts";

interface OneClick {
  title: string;
  /** What the button does. */
  what: Child;
  submit: string;
  /** Where the form posts to, and what the link brought. */
  action: string;
  fields: Readonly<Record<string, string>>;
  /** Too many attempts. */
  refused?: Refused | undefined;
}

/**
 * What a mailed link leads to: a button that does what it is for. Opening the link does nothing, since
 * programs that scan mail open every link in it.
 */
export function oneClickPage(
  http: Context<AppEnv>,
  { title, what, submit, action, fields, refused }: OneClick,
): Promise<Response> {
  if (refused) {
    noteRefusal(http, refused);
  }
  return page(
    http,
    { title, hasProblems: refused !== undefined, status: refused ? 429 : 200 },
    <>
      <h1>{title}</h1>
      <ProblemSummary problems={refused ? [tooManyAttempts(textsOf(http), refused)] : []} />
      {what}
      <form method="post" action={action}>
        {Object.entries(fields).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <button type="submit">{submit}</button>
      </form>
    </>,
  );
}
