import type { Handler } from "hono";
import type { AppEnv } from "../http/app-env.ts";
import { page } from "./page.tsx";

/** The front page. In development it shows what runs and how to try it. */
export function frontPage(settings: { publicUrl: string; development: boolean }): Handler<AppEnv> {
  const body = settings.development ? <Workbench publicUrl={settings.publicUrl} /> : <Doorplate />;
  return (http) => page(http, { title: "Welcome" }, body);
}

function Doorplate() {
  return (
    <>
      <h1>Latchkey</h1>
      <p>Sign-in for apps and devices.</p>
      <nav aria-label="Pages">
        <Links paths={{ "/signin": "Sign in", "/device": "Connect a device" }} />
      </nav>
    </>
  );
}

function Workbench({ publicUrl }: { publicUrl: string }) {
  return (
    <>
      <h1>Latchkey is running</h1>
      <p>
        An authentication service, in development. It speaks OAuth 2.0 (/oauth), Planasonix (/api),
        Launcher (/api/v1), CREDEBL (/auth), Pionne (/api/auth) and Planpoint (/api/users) over one
        account store.
      </p>
      <nav aria-label="Pages">
        <Links
          paths={{
            "/dev/mailbox": "Mailbox",
            "/device": "Connect a device",
            "/signin": "Sign in",
            "/health": "Health",
            "/.well-known/oauth-authorization-server": "OAuth metadata",
            "/.well-known/jwks.json": "Public keys",
          }}
        />
      </nav>
      <h2>Try it</h2>
      <p>Register, sign in, and start a device; its mail lands in the mailbox.</p>
      {trials(publicUrl).map(([what, line]) => (
        <>
          <h3>{what}</h3>
          <pre>
            <code>{line}</code>
          </pre>
        </>
      ))}
    </>
  );
}

function Links({ paths }: { paths: Record<string, string> }) {
  return (
    <ul>
      {Object.entries(paths).map(([path, name]) => (
        <li>
          <a href={path}>{name}</a>
        </li>
      ))}
    </ul>
  );
}

function trials(publicUrl: string): [what: string, line: string][] {
  const name = "Ada Lovelace";
  const email = "ada@example.com";
  const password = "correct horse battery staple";
  return [
    ["1. Register", post(`${publicUrl}/api/register`, { email, password, name })],
    ["2. Sign in", post(`${publicUrl}/api/login`, { email, password })],
    ["3. Start a device", post(`${publicUrl}/api/v2/auth/device`, { clientId: "demo-tv" })],
  ];
}

function post(url: string, body: Record<string, string>): string {
  return `curl ${url} -H 'Content-Type: application/json' -d '${JSON.stringify(body)}'`;
}
