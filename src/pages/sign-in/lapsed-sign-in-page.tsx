import type { Context } from "hono";
import type { AppEnv } from "../../http/app-env.ts";
import { page } from "../frame/page.tsx";
import { textsOf } from "../frame/texts-of.ts";
import { signInPath } from "./return-to.ts";

/** The end of a sign-in whose first step counts no more, and the way to begin again. */
export function lapsedSignInPage(http: Context<AppEnv>, returnPath: string): Promise<Response> {
  const { lapsedSignIn, shell } = textsOf(http);
  return page(
    http,
    { title: lapsedSignIn.title, status: 401 },
    <>
      <h1>{lapsedSignIn.title}</h1>
      <p>{lapsedSignIn.why}</p>
      <p>
        <a class="button" href={signInPath(returnPath)}>
          {shell.signIn}
        </a>
      </p>
    </>,
  );
}
