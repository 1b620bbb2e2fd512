import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { exitCode } from "../../scripts/dev/exit-code.ts";
import { checks } from "../../scripts/doctor/checks.ts";
import { type Examined, examine } from "../../scripts/doctor/examine.ts";
import type { Patient } from "../../scripts/doctor/patient.ts";
import { behindProxy, type Passing, type Spoil } from "./support/broken-proxy.ts";
import { issuer } from "./support/issuer.ts";
import { newPerson, type Person } from "./support/person.ts";
import { testClients } from "./support/test-clients.ts";

const clientId = testClients.television.id;

/** Runs the command as an operator does, each time from another address: it may try no more than others may. */
function doctor(person: Person, ...args: string[]) {
  return behindProxy(asItIs, async (url) => {
    const child = spawn(process.execPath, ["scripts/doctor.ts", url, ...args], {
      env: { ...process.env, LATCHKEY_DOCTOR_PASSWORD: person.password },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [output, code] = await Promise.all([text(child.stdout), exitCode(child)]);
    return { output, code };
  });
}

const asItIs: Spoil = (answer) => answer;

test("the doctor finds nothing wrong with this server, whatever it looks at", async () => {
  const person = await newPerson();
  const given = ["--client-id", clientId, "--email", person.email, "--load", "--json"];
  const { output, code } = await doctor(person, ...given);
  const found = JSON.parse(output) as Examined[];
  assert.deepEqual(
    found.filter(({ outcome }) => outcome !== "pass").map(({ name, saw }) => [name, saw]),
    // A server on a laptop has no mail domain.
    [["mail", "On a loopback address nothing is sent."]],
  );
  assert.equal(found.length, checks.length);
  assert.equal(code, 0);
  assert.ok(!output.includes(person.password));
});

test("the doctor leaves no session behind", async () => {
  const person = await newPerson();
  const sessions = async () => {
    const answer = await fetch(new URL("/api/auth/tokens", issuer), {
      headers: { authorization: `Bearer ${person.accessToken}` },
    });
    return ((await answer.json()) as { tokens: unknown[] }).tokens.length;
  };
  const before = await sessions();
  const given = ["--only", "cookies", "--only", "clock", "--only", "redeem"];
  const { code } = await doctor(
    person,
    ...["--client-id", clientId, "--email", person.email, ...given],
  );
  assert.equal(code, 0);
  assert.equal(await sessions(), before);
});

/** Only under a path. */
const at =
  (path: string, spoil: Spoil): Spoil =>
  (answer) =>
    answer.path === path ? spoil(answer) : answer;

const withHeader = (name: string, value: string | null): Spoil => {
  return (answer) => {
    if (value === null) {
      answer.headers.delete(name);
    } else {
      answer.headers.set(name, value);
    }
    return answer;
  };
};

const says = (status: number, body: object): Spoil => {
  return (answer) => ({ ...answer, status, text: JSON.stringify(body) });
};

const edited = (from: string | RegExp, to: string): Spoil => {
  return (answer) => ({ ...answer, text: answer.text.replaceAll(from, to) });
};

/** As a cache would that goes by the body of a request. */
function cached(): Spoil {
  const kept = new Map<string, PromiseWithResolvers<Passing>>();
  return async (answer) => {
    const good = kept.get(answer.sent) ?? Promise.withResolvers<Passing>();
    kept.set(answer.sent, good);
    if (answer.status === 200) {
      good.resolve(answer);
    } else if (answer.text.includes("invalid_grant")) {
      return Promise.race([good.promise, wait(10_000, answer, { ref: false })]);
    }
    return answer;
  };
}

const unknownOnly =
  (spoil: Spoil): Spoil =>
  (answer) =>
    answer.sent.includes(".invalid") ? spoil(answer) : answer;

const cookiesWithout = (attribute: RegExp): Spoil => {
  return (answer) => {
    const cookies = answer.headers.getSetCookie();
    answer.headers.delete("set-cookie");
    for (const cookie of cookies) {
      answer.headers.append("set-cookie", cookie.replace(attribute, ""));
    }
    return answer;
  };
};

/** What is broken, by the check that has to see it. */
const BROKEN: readonly (readonly [name: string, what: string, spoil: Spoil])[] = [
  ["up", "a store does not answer", at("/health/ready", says(503, { failing: ["kv"] }))],
  ["up", "settings are missing", at("/health", says(503, { error: "AUTH_SECRET is missing" }))],
  ["headers", "no policy", at("/signin", withHeader("content-security-policy", null))],
  ["headers", "a short HSTS", withHeader("strict-transport-security", "max-age=3600")],
  ["cors", "a page open to all", at("/signin", withHeader("access-control-allow-origin", "*"))],
  [
    "cors",
    "cookies for any site",
    at("/oauth/token", withHeader("access-control-allow-credentials", "true")),
  ],
  ["metadata", "another issuer", edited(/"issuer":"[^"]*"/g, '"issuer":"https://other.test"')],
  ["metadata", "an endpoint that is not there", at("/oauth/revoke", says(404, {}))],
  ["metadata", "plain PKCE", edited('"code_challenge_methods_supported":["S256"', '$&,"plain"')],
  ["refusals", "an error page", at("/nowhere", withHeader("content-type", "text/html"))],
  ["refusals", "a trace", at("/api/login", edited("{", "D1_ERROR: no such table {"))],
  ["refusals", "405 without Allow", at("/api/login", withHeader("allow", null))],
  ["enumeration", "other words", at("/api/login", unknownOnly(says(401, { error: "no account" })))],
  [
    "enumeration",
    "another time",
    at("/api/login", async (answer) => {
      // By more than a busy machine takes: all of one kind have to be slower than all of the other.
      await wait(answer.sent.includes(".invalid") ? 0 : 5_000);
      return answer;
    }),
  ],
  ["clock", "an hour late", withHeader("date", new Date(Date.now() - 3_600_000).toUTCString())],
  ["keys", "a private key", at("/.well-known/jwks.json", edited('"kty"', '"d":"x","kty"'))],
  [
    "keys",
    "kept for a day",
    at("/.well-known/jwks.json", withHeader("cache-control", "max-age=86400")),
  ],
  ["cookies", "open to scripts", cookiesWithout(/; HttpOnly/i)],
  ["cookies", "sent from any site", cookiesWithout(/; SameSite=\w+/i)],
  ["pace", "no slowing down", at("/oauth/token", edited("slow_down", "authorization_pending"))],
  ["redeem", "tokens for both", at("/oauth/token", cached())],
  ["redeem", "a token that outlives its session", at("/oauth/userinfo", says(200, {}))],
  ["letter", "no queue", at("/api/forgot-password", says(503, {}))],
  ["letter", "a tell-tale", at("/api/forgot-password", unknownOnly(says(404, {})))],
  ["load", "errors", at("/api/login", says(500, {}))],
];

for (const [name, what, spoil] of BROKEN) {
  test(`${name}: the doctor sees ${what}`, async () => {
    const person = await newPerson();
    const account = name === "clock" ? null : { email: person.email, password: person.password };
    const [found] = await behindProxy(spoil, (url) => looked(name, { url, account }));
    assert.equal(found?.outcome, "fail", found?.saw);
    assert.ok(found.mend);
  });
}

async function looked(name: string, given: Pick<Patient, "url" | "account">): Promise<Examined[]> {
  const patient: Patient = {
    ...given,
    ...{ clientId, mailDomain: "localhost", dkimSelector: null, load: true },
    send: fetch,
    texts: async () => [],
    stop: new AbortController().signal,
  };
  return Array.fromAsync(
    examine(
      checks.filter((check) => check.name === name),
      patient,
    ),
  );
}

test("every check but those of a public address is seen to fail", () => {
  const elsewhere = ["https", "development", "mail"];
  const seen = new Set([...BROKEN.map(([name]) => name), ...elsewhere]);
  assert.deepEqual([...seen].sort(), checks.map(({ name }) => name).sort());
});
