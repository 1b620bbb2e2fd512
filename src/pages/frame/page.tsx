import type { Context } from "hono";
import { html } from "hono/html";
import type { Child, PropsWithChildren } from "hono/jsx";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Brand } from "../../core/tenant/brand.ts";
import type { AppEnv } from "../../http/app-env.ts";
import { fill } from "../../texts/fill.ts";
import type { Texts } from "../../texts/texts.ts";
import { brandOf } from "./brand-of.ts";
import { logoPath } from "./logo.ts";
import { stylePath } from "./style-sheet.ts";
import { textsOf } from "./texts-of.ts";

export interface PageHead {
  title: string;
  status?: ContentfulStatusCode;
  /** The page refuses what was typed: its title says so first. */
  hasProblems?: boolean;
  /** The path of a script that the page can do without. */
  script?: string;
  /** The path of a stylesheet beside the one of all pages. */
  style?: string;
  /** The way to the pages that belong to this one. */
  nav?: Child;
}

/** Answers with a whole document, kept by nobody. Everything foreign in it is escaped on the way out. */
export async function page(
  http: Context<AppEnv>,
  { title, status = 200, hasProblems = false, script, style, nav }: PageHead,
  body: Child,
): Promise<Response> {
  const texts = textsOf(http);
  http.set("runsScript", script !== undefined);
  const layout: LayoutProps = {
    title: hasProblems ? fill(texts.shell.errorTitle, { title }) : title,
    language: http.var.requester.language,
    brand: await brandOf(http),
    script,
    style,
    nav,
    texts,
  };
  const document = await html`<!doctype html>${<Layout {...layout}>{body}</Layout>}`;
  return http.html(document, status, { "cache-control": "no-store" });
}

interface LayoutProps {
  title: string;
  language: string;
  brand: Brand;
  script: string | undefined;
  style: string | undefined;
  nav: Child;
  texts: Texts;
}

function Layout({
  title,
  language,
  brand,
  script,
  style,
  nav,
  texts,
  children,
}: PropsWithChildren<LayoutProps>) {
  const logo = logoPath(brand);
  return (
    <html lang={language} dir={texts.shell.direction}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} – ${brand.name}`}</title>
        <link rel="icon" href={logo ?? "data:,"} />
        <link rel="stylesheet" href={stylePath(brand)} />
        {style && <link rel="stylesheet" href={style} />}
        {script && <script type="module" src={script} />}
      </head>
      <body>
        <header>
          <a href="/">
            {logo && <img src={logo} alt="" height="28" />}
            <bdi>{brand.name}</bdi>
          </a>
          {nav}
        </header>
        <main>{children}</main>
        <footer>
          <p>{texts.shell.footer}</p>
        </footer>
      </body>
    </html>
  );
}
