import type { Context, Handler } from "hono";
import type { AppEnv } from "../http/app-env.ts";
import { fill } from "../texts/fill.ts";
import type { Texts } from "../texts/texts.ts";
import { brandOf } from "./frame/brand-of.ts";
import { page } from "./frame/page.tsx";
import { textsOf } from "./frame/texts-of.ts";
import { mayRegister } from "./sign-in/may-register.ts";

/** What runs in development, by the names that its makers know. */
const CONTRACTS = [
  "OAuth 2.0 (/oauth)",
  "Planasonix (/api)",
  "Launcher (/api/v1)",
  "CREDEBL (/auth)",
  "Pionne (/api/auth)",
  "Planpoint (/api/users)",
];

/** The front page. In development it shows what runs and how to try it. */
export function frontPage(settings: { publicUrl: string; development: boolean }): Handler<AppEnv> {
  return settings.development ? (http) => workbench(http, settings.publicUrl) : doorplate;
}

async function doorplate(http: Context<AppEnv>): Promise<Response> {
  const { front, shell, signIn } = textsOf(http);
  const [{ name }, isOpen] = await Promise.all([brandOf(http), mayRegister(http)]);
  const links = {
    "/signin": front.signIn,
    ...(isOpen && { "/register": signIn.register }),
    "/account": shell.account,
    "/device": front.device,
  };
  return page(
    http,
    { title: front.title },
    <>
      <h1>
        <bdi>{name}</bdi>
      </h1>
      <p>{front.what}</p>
      <Links label={front.pages} to={links} />
    </>,
  );
}

function workbench(http: Context<AppEnv>, publicUrl: string): Promise<Response> {
  const { front, shell, time } = textsOf(http);
  const words = front.workbench;
  const contracts = new Intl.ListFormat(time.locale).format(CONTRACTS);
  const links = {
    "/dev/mailbox": words.mailbox,
    "/device": front.device,
    "/signin": front.signIn,
    "/account": shell.account,
    "/docs": words.reference,
    "/health": words.health,
    "/.well-known/oauth-authorization-server": words.metadata,
    "/.well-known/jwks.json": words.keys,
  };
  return page(
    http,
    { title: front.title },
    <>
      <h1>{words.title}</h1>
      <p>{fill(words.what, { contracts })}</p>
      <Links label={front.pages} to={links} />
      <h2>{words.tryIt}</h2>
      <p>{words.how}</p>
      {trials(words, publicUrl).map(([what, line]) => (
        <>
          <h3>{what}</h3>
          <pre>
            <code>{line}</code>
          </pre>
        </>
      ))}
    </>,
  );
}

function Links({ label, to }: { label: string; to: Readonly<Record<string, string>> }) {
  return (
    <nav aria-label={label}>
      <ul>
        {Object.entries(to).map(([path, name]) => (
          <li>
            <a href={path}>{name}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function trials(
  words: Texts["front"]["workbench"],
  publicUrl: string,
): [what: string, line: string][] {
  const name = "Ada Lovelace";
  const email = "ada@example.com";
  const password = "correct horse battery staple";
  return [
    [words.register, post(`${publicUrl}/api/register`, { email, password, name })],
    [words.signIn, post(`${publicUrl}/api/login`, { email, password })],
    [words.device, post(`${publicUrl}/api/v2/auth/device`, { clientId: "demo-tv" })],
  ];
}

function post(url: string, body: Record<string, string>): string {
  return `curl ${url} -H 'Content-Type: application/json' -d '${JSON.stringify(body)}'`;
}
