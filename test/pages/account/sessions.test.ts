import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DEFAULT_TENANT_ID } from "../../../src/core/tenant/tenant.ts";
import { openDatabase } from "../../../src/storage/d1/database.ts";
import { sessions } from "../../../src/storage/d1/schema.ts";
import { AT_HOME, said } from "../../support/account-page.ts";
import { alterAccount } from "../../support/alter-account.ts";
import { oneClient } from "../../support/authorization.ts";
import { Browser, type Page, readingIn } from "../../support/browser.ts";
import { registerClients } from "../../support/clients.ts";
import { passSeconds, stopClock } from "../../support/clock.ts";
import { decide, poll, startedDevice } from "../../support/devices.ts";
import { begunBy } from "../../support/impersonated.ts";
import { type Person, registered } from "../../support/people.ts";
import { startService } from "../../support/service.ts";

const service = startService();
const PATH = "/account/sessions";
const HOURS_AGO = 3 * 3600;

beforeAll(registerClients);
beforeEach(stopClock);

/** Somebody at home, signed in on this browser alone. */
async function atHome(person?: Person): Promise<{ browser: Browser; person: Person }> {
  const known = person ?? (await registered(service));
  const browser = Object.assign(new Browser(service), AT_HOME);
  await browser.signIn(known);
  return { browser, person: known };
}

/** Their program abroad, signed in with the password, and a television that they approved. */
async function aProgramAndATelevision({ email, password }: Person) {
  const { body } = await service.ask<{ accessToken: string }>("/api/login", {
    body: { email, password },
    headers: { "user-agent": "curl/8.5.0" },
    place: { city: "Lagos", country: "NG" },
  });
  const place = { city: "Graz", country: "AT", asOrganization: "Cable Net" };
  const { userCode, deviceCode } = await startedDevice(service, {
    scopes: ["openid", "profile:read"],
    place,
  });
  await decide(service, body.accessToken, { userCode });
  const television = await poll(service, deviceCode);
  const [second, first] = await sessionsOf({ email });
  return {
    program: { accessToken: body.accessToken, id: first?.id ?? "" },
    television: { accessToken: television.body.accessToken, id: second?.id ?? "" },
  };
}

async function sessionsOf({ email }: Pick<Person, "email">) {
  const account = await service.ports.accounts.findByEmail(DEFAULT_TENANT_ID, email);
  return service.ports.sessions.list(account?.id ?? "", new Date());
}

/** A session like the oldest of somebody's, with some of it replaced. */
async function oneMore(person: Person, like: Partial<typeof sessions.$inferInsert>) {
  const living = await sessionsOf(person);
  const [newest, oldest] = [living[0], living.at(-1)];
  if (!newest || !oldest) {
    throw new Error("nobody is signed in");
  }
  const { app: _, ...row } = oldest;
  const id = crypto.randomUUID();
  await openDatabase(env.DB)
    .insert(sessions)
    .values({ ...row, id, number: newest.number + 1, name: null, scope: null, ...like });
  return id;
}

function isAlive(accessToken: string): Promise<boolean> {
  return service
    .ask("/api/user/profile", { method: "GET", bearer: accessToken })
    .then(({ status }) => status === 200);
}

/** The form for one session. Throws when the page has none. */
function formFor(page: Page, action: string, sessionId: string) {
  const found = page.forms.find(
    (form) => form.action === action && form.fields.session === sessionId,
  );
  if (!found) {
    throw new Error(`there is no form for ${action}`);
  }
  return found;
}

const END = "/account/sessions/end";
const RENAME = "/account/sessions/rename";
const ELSEWHERE = "/account/sessions/elsewhere";
const renameForm = ["Rename", "Name", "Leave it empty for none.", "Save name"];

describe("the list", () => {
  it("shows everything that is signed in, what it is, where, since when and what it may", async () => {
    const person = await registered(service);
    await aProgramAndATelevision(person);
    passSeconds(HOURS_AGO);
    const { browser } = await atHome(person);

    expect(said(await browser.open(PATH), person)).toEqual({
      status: 200,
      title: "Devices & sessions – Latchkey",
      lines: [
        "Devices & sessions",
        "Everything that is signed in to your account. Sign out what you do not know.",
        "Sign out everywhere else",
        "Firefox 128 on Windows 10This browser",
        "Browser",
        "Place: Vienna, Austria · Home Net",
        "Last used: now (<moment>)",
        "First seen: now (<moment>)",
        ...renameForm,
        "Test TV",
        "Device",
        "Place: Graz, Austria · Cable Net",
        "Last used: 3 hours ago (<moment>)",
        "First seen: 3 hours ago (<moment>)",
        "It may:",
        "Know that it is you",
        "See your profile and your e-mail address",
        ...renameForm,
        "Sign out",
        "curl/8.5.0",
        "Program",
        "Place: Lagos, Nigeria",
        "Last used: 3 hours ago (<moment>)",
        "First seen: 3 hours ago (<moment>)",
        ...renameForm,
        "Sign out",
      ],
    });
  });

  it("says it in German", async () => {
    const person = await registered(service);
    await aProgramAndATelevision(person);
    passSeconds(HOURS_AGO);
    const { browser } = await atHome(person);

    const page = await readingIn("de", () => browser.open(PATH));

    expect(said(page, person).lines.slice(0, 23)).toEqual([
      "Geräte & Sitzungen",
      "Alles, was mit Ihrem Konto angemeldet ist. Melden Sie ab, was Sie nicht kennen.",
      "Überall sonst abmelden",
      "Firefox 128 unter Windows 10Dieser Browser",
      "Browser",
      "Ort: Vienna, Österreich · Home Net",
      "Zuletzt verwendet: jetzt (<moment>)",
      "Zuerst gesehen: jetzt (<moment>)",
      "Umbenennen",
      "Name",
      "Leer heißt: kein Name.",
      "Namen speichern",
      "Test TV",
      "Gerät",
      "Ort: Graz, Österreich · Cable Net",
      "Zuletzt verwendet: vor 3 Stunden (<moment>)",
      "Zuerst gesehen: vor 3 Stunden (<moment>)",
      "Darf:",
      "Wissen, dass Sie es sind",
      "Ihr Profil und Ihre E-Mail-Adresse sehen",
      "Umbenennen",
      "Name",
      "Leer heißt: kein Name.",
    ]);
  });

  it("tells apps from devices, and those whose client is gone by the client's id", async () => {
    const { browser, person } = await atHome();
    const app = await oneClient({ name: "A shop" });
    const grants = ["urn:ietf:params:oauth:grant-type:device_code"];
    const device = await oneClient({ name: "A console", grants });
    const held = { contract: "oauth", userAgent: null, scope: "" };
    await oneMore(person, { ...held, clientId: app, audience: "https://shop.example.test" });
    await oneMore(person, { ...held, clientId: device });
    await oneMore(person, { ...held, clientId: "a-client-that-is-gone" });
    const { person: helper } = await atHome();
    await alterAccount(helper, { role: "admin" });
    await oneMore(person, { ...(await begunBy(helper)), createdAt: new Date() });

    const { lines } = said(await browser.open(PATH), person);

    const kinds = lines.flatMap((line, index) =>
      /^(App|Device|Browser|Program|An administrator .*)$/.test(line)
        ? [[lines[index - 1], line]]
        : [],
    );
    expect(kinds).toEqual([
      ["Firefox 128 on Windows 10", "An administrator who helps"],
      ["a-client-that-is-gone", "Device"],
      ["A console", "Device"],
      ["A shop", "App"],
      ["Firefox 128 on Windows 10This browser", "Browser"],
    ]);
    expect(lines).toContain("For use at https://shop.example.test");
    expect(lines).toContain("Sign in, and nothing else");
  });

  it("shows hostile names as they are and harmless, in their own field too", async () => {
    const { browser, person } = await atHome();
    const hostile = '<script>alert(1)</script>"\u202egnip';
    const network = "<img src=x onerror=alert(1)>\u2066";
    const clientId = await oneClient({ name: "x".repeat(500) });
    await oneMore(person, { name: hostile, network, city: "\u202eanneiV" });
    await oneMore(person, { clientId, contract: "oauth", userAgent: "<b>".repeat(100) });

    const page = await browser.open(PATH);

    const { lines } = said(page, person);
    expect(lines).toContain('<script>alert(1)</script>" gnip');
    expect(lines).toContain("Place: anneiV, Austria · <img src=x onerror=alert(1)>");
    expect(lines).toContain(`${"x".repeat(60)}…`);
    expect(page.elements.filter(({ tag }) => /^(script|img|b)$/.test(tag))).toEqual([]);
    const shown = page.source.replace(/value="[^"]*"/g, "");
    expect(shown).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  });

  it("is of this account alone, and of what lives", async () => {
    const { browser, person } = await atHome();
    await atHome();
    await oneMore(person, { revokedAt: new Date() });
    await oneMore(person, { expiresAt: new Date(Date.now() - 1) });

    const { forms } = await browser.open(PATH);

    expect(forms.filter(({ action }) => action === RENAME)).toHaveLength(1);
  });

  it("is cut where there are very many, shows this browser all the same, and says so", async () => {
    const { browser, person } = await atHome();
    for (let count = 0; count < 51; count++) {
      await oneMore(person, {});
    }

    const page = await browser.open(PATH);

    const { lines } = said(page, person);
    expect(lines[2]).toBe(
      "These are the 50 newest. Signing out everywhere else ends the others too.",
    );
    expect(lines).toContain("Firefox 128 on Windows 10This browser");
    expect(page.forms.filter(({ action }) => action === END)).toHaveLength(50);
  });
});

describe("SES-05: ending one session", () => {
  it("ends it at once, leads back by redirect and leaves all others", async () => {
    const person = await registered(service);
    const { program, television } = await aProgramAndATelevision(person);
    const { browser } = await atHome(person);
    const page = await browser.open(PATH);

    const ended = await browser.submit(formFor(page, END, television.id));
    const back = await browser.follow(ended);

    expect(ended.location).toBe("/account/sessions?done=sessionEnded");
    expect(said(back, person).lines.slice(0, 2)).toEqual([
      "Signed out there, at once.",
      "Devices & sessions",
    ]);
    expect(await isAlive(television.accessToken)).toBe(false);
    expect(await isAlive(program.accessToken)).toBe(true);
    expect((await browser.open(PATH)).status).toBe(200);
  });

  it("is not offered for this browser, which signs out instead", async () => {
    const { browser } = await atHome();

    const page = await browser.open(PATH);

    expect(page.forms.map(({ action }) => action)).toEqual([RENAME, "/signout"]);
  });

  it("needs no fresh sign-in: an emergency must not wait", async () => {
    const person = await registered(service);
    const { program } = await aProgramAndATelevision(person);
    const { browser } = await atHome(person);
    passSeconds(HOURS_AGO);
    const page = await browser.open(PATH);

    await browser.submit(formFor(page, END, program.id));

    expect(await isAlive(program.accessToken)).toBe(false);
  });

  it("of somebody else does nothing, and neither does one that has ended", async () => {
    const { program } = await aProgramAndATelevision(await registered(service));
    const { browser } = await atHome();
    const { csrf = "" } = (await browser.open(PATH)).form(RENAME).fields;

    for (const session of [program.id, crypto.randomUUID(), "", "%00"]) {
      const { status } = await browser.post(END, { csrf, session });
      expect(status).toBe(303);
    }
    expect(await isAlive(program.accessToken)).toBe(true);
  });
});

describe("SES-05: ending all others", () => {
  it("says first what that does to devices and keys, and then does it", async () => {
    const person = await registered(service);
    const { program, television } = await aProgramAndATelevision(person);
    const { browser } = await atHome(person);
    const page = await browser.open(ELSEWHERE);

    const ended = await browser.submit(page.form(ELSEWHERE));

    expect(said(page, person)).toEqual({
      status: 200,
      title: "Sign out everywhere else – Latchkey",
      lines: [
        "Sign out everywhere else",
        "Every browser, app and device but this browser is signed out at once. Devices such as a TV have to be connected again with a code. Devices that you approved and that have not signed in yet are refused.",
        "API keys go on working: delete those that you do not need.",
        "If somebody knows your password, change it instead: that ends them all, too.",
        "Sign out everywhere else",
      ],
    });
    expect(said(await browser.follow(ended), person).lines[0]).toBe(
      "Signed out everywhere else, at once.",
    );
    const alive = [await isAlive(program.accessToken), await isAlive(television.accessToken)];
    expect(alive).toEqual([false, false]);
    expect((await browser.open(PATH)).forms.filter(({ action }) => action === END)).toEqual([]);
  });
});

describe("a name", () => {
  it("is given, changed and taken again, and stands in the list", async () => {
    const person = await registered(service);
    const { television } = await aProgramAndATelevision(person);
    const { browser } = await atHome(person);
    const rename = async (name: string) => {
      const form = formFor(await browser.open(PATH), RENAME, television.id);
      const back = await browser.follow(await browser.submit(form, { name }));
      return said(back, person).lines;
    };

    const named = await rename("  Kitchen\u202e  TV ");
    expect(named.slice(0, 2)).toEqual(["The name was changed.", "Devices & sessions"]);
    expect(named).toContain("Kitchen TV");
    expect(await rename("x".repeat(99))).toContain("x".repeat(60));
    expect(await rename("\u200b")).toContain("Test TV");
  });

  it("of somebody else's session, or of one that has ended, is not given", async () => {
    const stranger = await registered(service);
    const { television } = await aProgramAndATelevision(stranger);
    const { browser } = await atHome();
    const { csrf = "" } = (await browser.open(PATH)).form(RENAME).fields;

    const answer = await browser.post(RENAME, { csrf, session: television.id, name: "Stolen" });

    expect([answer.status, answer.location]).toEqual([303, PATH]);
    expect((await sessionsOf(stranger)).map(({ name }) => name)).toEqual([null, null]);
  });
});
