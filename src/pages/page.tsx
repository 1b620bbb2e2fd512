import type { Context } from "hono";
import { html } from "hono/html";
import type { Child, PropsWithChildren } from "hono/jsx";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { AppEnv } from "../http/app-env.ts";

export interface PageHead {
  title: string;
  status?: ContentfulStatusCode;
}

/** Answers with a whole document, kept by nobody. Everything foreign in it is escaped on the way out. */
export async function page(
  http: Context<AppEnv>,
  { title, status = 200 }: PageHead,
  body: Child,
): Promise<Response> {
  const document = await html`<!doctype html>${<Layout title={title}>{body}</Layout>}`;
  return http.html(document, status, { "cache-control": "no-store" });
}

function Layout({ title, children }: PropsWithChildren<{ title: string }>) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} – Latchkey`}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/style.css" />
      </head>
      <body>
        <header>
          <a href="/">Latchkey</a>
        </header>
        <main>{children}</main>
        <footer>
          <p>We never ask for your password by phone, by mail or in a chat.</p>
        </footer>
      </body>
    </html>
  );
}
