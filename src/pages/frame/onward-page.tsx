import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { AppEnv } from "../../http/app-env.ts";
import { page } from "./page.tsx";

interface Onward {
  title: string;
  status?: ContentfulStatusCode;
  /** What came of it, a paragraph each. */
  says: readonly string[];
  /** Where one goes on, and what that is called. */
  to: { path: string; name: string };
}

/** The end of something: what came of it, and the one place to go on to. */
export function onwardPage(
  http: Context<AppEnv>,
  { title, status = 200, says, to }: Onward,
): Promise<Response> {
  return page(
    http,
    { title, status },
    <>
      <h1>{title}</h1>
      {says.map((paragraph) => (
        <p>{paragraph}</p>
      ))}
      <p>
        <a href={to.path}>{to.name}</a>
      </p>
    </>,
  );
}
