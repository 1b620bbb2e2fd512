import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Browser, memberBrowser, type Page } from "../support/browser.ts";
import { countCalls } from "../support/count-calls.ts";
import { crawlForms } from "../support/crawl-forms.ts";
import type { Form } from "../support/html.ts";
import { member } from "../support/members.ts";
import { signedIn } from "../support/people.ts";
import { secondFactorOf } from "../support/second-factor.ts";
import { startService } from "../support/service.ts";
import { everyRow } from "../surfaces/every-row.ts";
import { FIELDS } from "../surfaces/fields.ts";

const MEGABYTE = 1_000_000;
/** More than a password may have, and less than a body. */
const TOO_LONG = 5_000;
const PASSWORD = /password/i;

/** Every row that reads a password, to compare it or to set it. */
const rows = everyRow().flatMap((row) => {
  const { texts = [], either = [] } = FIELDS[row.contract]?.[row.operation] ?? {};
  const names = [...texts, ...either];
  return names.some((name) => PASSWORD.test(name)) ? [{ ...row, names }] : [];
});

/** Fills every field, those for a password with one of that length. */
const filledWith = (names: readonly string[], length: number) =>
  Object.fromEntries(
    names.map((name) => [
      name,
      PASSWORD.test(name)
        ? "p".repeat(length)
        : /email|username/.test(name)
          ? "robin@example.test"
          : "Robin",
    ]),
  );

let service = startService();

beforeEach(() => {
  service = startService();
});

it("PWD-06: passwords are read by rows of every contract", () => {
  expect([...new Set(rows.map(({ contract }) => contract))]).toEqual([
    "planasonix",
    "lnchr",
    "credebl",
    "pionne",
    "planpoint",
  ]);
});

describe.each(rows)("PWD-06: $endpoint", ({ method, path, names, isGuarded, surface }) => {
  const {
    body_too_large: [bodyTooLarge],
    invalid_request: [invalid],
  } = surface.refusals;

  it.each([
    [MEGABYTE, bodyTooLarge],
    [TOO_LONG, invalid],
  ])("refuses a password of %d characters without hashing it", async (length, status) => {
    const bearer = isGuarded
      ? (await signedIn(service, await member(service))).accessToken
      : undefined;
    let answered = 0;

    const { hashes } = await countCalls(async () => {
      const body = filledWith(names, length);
      const asked = { method, body, ...(bearer !== undefined && { bearer }) };
      answered = (await service.ask(path, asked)).status;
    });

    expect({ answered, hashes }).toEqual({ answered: status, hashes: 0 });
  });
});

describe("PWD-06: every form that a password is typed into", () => {
  const passwordsIn = ({ fields }: Form) => Object.keys(fields).filter((n) => PASSWORD.test(n));
  let asked: { browser: Browser; form: Form }[];

  beforeAll(async () => {
    const stranger = new Browser(service);
    const { browser: owner, person } = await memberBrowser(service);
    await secondFactorOf(service, person);
    const none = async (): Promise<Page | null> => null;
    const found = [
      ...[...(await crawlForms(stranger, "/", none)).values()].map((form) => [stranger, form]),
      ...[...(await crawlForms(stranger, `/reset?token=${"A".repeat(43)}`, none)).values()].map(
        (form) => [stranger, form],
      ),
      ...[...(await crawlForms(owner, "/account", none)).values()].map((form) => [owner, form]),
    ] as [Browser, Form][];
    asked = found
      .filter(([, form]) => passwordsIn(form).length > 0)
      .map(([browser, form]) => ({ browser, form }));
  });

  it("is found", () => {
    expect([...new Set(asked.map(({ form }) => form.action))].sort()).toEqual([
      "/account/security/password",
      "/account/security/two-factor-off",
      "/register",
      "/reset",
      "/signin",
    ]);
  });

  it.each([
    [MEGABYTE, 413],
    [TOO_LONG, 400],
  ])("refuses one of %d characters without hashing it", async (length, status) => {
    const answered: Record<string, number> = {};

    const { hashes } = await countCalls(async () => {
      for (const { browser, form } of asked) {
        const typed = filledWith(passwordsIn(form), length);
        const others = "email" in form.fields ? { email: "robin@example.test" } : {};
        answered[form.action] = (await browser.submit(form, { ...typed, ...others })).status;
      }
    });

    expect(hashes).toBe(0);
    expect(Object.keys(answered).length).toBeGreaterThan(0);
    expect(new Set(Object.values(answered))).toEqual(new Set([status]));
  });
});
