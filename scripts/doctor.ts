import { Resolver } from "node:dns/promises";
import { isLoopback } from "./admin/is-loopback.ts";
import { checks } from "./doctor/checks.ts";
import { type Examined, examine } from "./doctor/examine.ts";
import type { Patient } from "./doctor/patient.ts";
import { summary, tell } from "./doctor/tell.ts";
import { textsFrom } from "./doctor/texts-from.ts";
import { Problem } from "./problem.ts";
import { readArguments } from "./read-options.ts";
import { runScript } from "./run-script.ts";
import { say } from "./say.ts";

const HELP = `Looks at a deployed instance from outside and says what to fix. It asks little, leaves nothing behind,
and ends with exit code 1 where something does not hold.

npm run doctor -- <url> [options]

  --client-id <id>        a public client with the device grant, to look at that
  --email <address>       a mailbox of yours with an account: it gets one letter, and five wrong passwords are
                          tried on it. Its password in LATCHKEY_DOCTOR_PASSWORD: cookies, clock, redemption,
                          of which another letter tells
  --mail-domain <domain>  where mail comes from; the host of the URL unless given
  --dkim-selector <name>  what its key is called where another than Cloudflare or Resend carries it
  --load                  send forty sign-ins at once, too
  --only <name>           one check alone; may be given again: ${checks.map(({ name }) => name).join(", ")}
  --json                  the findings as JSON
  --help                  this`;

const OPTIONS = {
  "client-id": { type: "string" },
  email: { type: "string" },
  "mail-domain": { type: "string" },
  "dkim-selector": { type: "string" },
  load: { type: "boolean", default: false },
  only: { type: "string", multiple: true },
  json: { type: "boolean", default: false },
} as const;

await runScript(async (stop) => {
  const read = readArguments(process.argv.slice(2), OPTIONS, HELP);
  if (!read) {
    return;
  }
  const given = wantedOf(read);
  const wanted = checks.filter(({ name }) => given.only.length === 0 || given.only.includes(name));
  const patient = { ...given.patient, stop };
  const found: Examined[] = [];
  if (!given.json) {
    say(`Looking at ${patient.url} …\n`);
  }
  for await (const one of examine(wanted, patient)) {
    found.push(one);
    if (!given.json) {
      say(tell(one));
    }
  }
  say(given.json ? JSON.stringify(found, null, 2) : `\n${summary(found)}`);
  process.exitCode = found.some(({ outcome }) => outcome === "fail") ? 1 : 0;
});

type Read = NonNullable<ReturnType<typeof readArguments<typeof OPTIONS>>>;

interface Given {
  patient: Omit<Patient, "stop">;
  only: readonly string[];
  json: boolean;
}

function wantedOf({ values, positionals }: Read): Given {
  const { only = [] } = values;
  const unknown = only.filter((name) => !checks.some((check) => check.name === name));
  if (unknown.length > 0) {
    throw new Problem(`There is no check called ${unknown.join(" or ")}.`, `\n${HELP}`);
  }
  const url = readUrl(positionals);
  const password = process.env["LATCHKEY_DOCTOR_PASSWORD"] || null;
  return {
    patient: {
      url: url.origin,
      clientId: values["client-id"] ?? null,
      account: values.email === undefined ? null : { email: values.email, password },
      mailDomain: values["mail-domain"] ?? url.hostname,
      dkimSelector: readSelector(values["dkim-selector"]),
      load: values.load,
      send: fetch,
      texts: textsFrom(new Resolver()),
    },
    only,
    json: values.json,
  };
}

function readUrl(positionals: readonly string[]): URL {
  const [given = "", ...more] = positionals;
  const url = URL.parse(given);
  const withScheme = schemeFor(given);
  if (more.length === 0 && withScheme) {
    throw new Problem(
      `${given} has no http:// or https:// before it.`,
      `Give it as a URL: npm run doctor -- ${withScheme}`,
    );
  }
  if (more.length > 0 || !url || !/^https?:$/.test(url.protocol)) {
    throw new Problem("Say which instance: its URL, and one alone.", `\n${HELP}`);
  }
  // What it is told may be a password.
  if (url.protocol === "http:" && !isLoopback(url)) {
    throw new Problem(
      `Whoever is on the way to ${url.host} could read along, and answer in its place.`,
      `Give its https: URL: npm run doctor -- https://${url.host}`,
    );
  }
  return url;
}

/** A host, with a port or not, as a URL; null for what is none, or has its scheme. */
function schemeFor(given: string): string | null {
  const url = /^[\w.-]+(?::\d+)?\/?$/.test(given) ? URL.parse(`https://${given}`) : null;
  return url && (isLoopback(url) ? `http://${url.host}` : url.origin);
}

/** RFC 6376 §3.1: labels, as those of a host's name. */
function readSelector(given: string | undefined): string | null {
  if (given !== undefined && !/^(?!.*_domainkey)[\w-]+(?:\.[\w-]+)*$/.test(given)) {
    throw new Problem(
      `"${given}" is not a selector.`,
      "Give what stands before ._domainkey in the name of the record, and that alone.",
    );
  }
  return given ?? null;
}
