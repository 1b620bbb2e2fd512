import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { accountKinds } from "../support/account-kinds.ts";
import {
  type AddressEntrance,
  type Attempt,
  addressEntrances,
  attempt,
  passwordEntrances,
} from "../support/address-entrances.ts";
import { stopClock } from "../support/clock.ts";
import { type Person, somebody } from "../support/people.ts";
import { type PostOffice, startPostOffice } from "../support/post-office.ts";
import { traceCalls } from "../support/trace-calls.ts";

/** Where the documentation of a contract has it tell that an address is taken. */
const TELLS_TAKEN = "POST /api/auth/register";
const entrances = addressEntrances().filter(({ endpoint }) => endpoint !== TELLS_TAKEN);
const demandsVerified = ({ surface }: AddressEntrance) =>
  surface.terms.demandsVerifiedEmail === true;

let office: PostOffice;
const people = new Map<string, Person>();

/** Somebody with an account of that kind. */
function owner(kind: string): Person {
  const person = people.get(kind);
  if (!person) {
    throw new Error(`nobody has an account ${kind}`);
  }
  return person;
}

beforeAll(async () => {
  office = startPostOffice({ MAILS_PER_HOUR: "100" });
  for (const { kind, make } of accountKinds) {
    people.set(kind, await make(office));
  }
});

// A second that passes between two answers is in what they say of their limits.
beforeEach(() => {
  stopClock();
  office.orders.length = 0;
});

/** What a stranger sees of an attempt, and what it asks of the platform, in order. */
async function observed(entrance: AddressEntrance, who: Attempt, service = office) {
  let answer = {};
  const calls = await traceCalls(async () => {
    answer = await attempt(service, entrance, who);
  });
  return { answer: withoutOwn(answer, who.email), calls, mails: service.orders.splice(0).length };
}

/** Without what is new every time or was said by whoever asks. */
function withoutOwn(answer: object, email: string): unknown {
  const text = JSON.stringify(answer)
    .replaceAll(email, "(address)")
    .replaceAll(/[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/g, "(uuid)");
  return JSON.parse(text);
}

it("ENU-01: an address is looked at by these rows of the contracts, and by no others", () => {
  expect(addressEntrances().map(({ endpoint, operation }) => `${endpoint} ${operation}`)).toEqual([
    "POST /api/login startSignIn",
    "POST /api/register register",
    "POST /api/forgot-password requestPasswordReset",
    "POST /api/v1/auth/register setUp",
    "POST /:tenant/api/v1/auth/register setUp",
    "POST /api/v1/auth/login signIn",
    "POST /:tenant/api/v1/auth/login signIn",
    "POST /api/v1/auth/send-code sendLoginCode",
    "POST /:tenant/api/v1/auth/send-code sendLoginCode",
    "POST /api/v1/auth/verify-code signInWithCode",
    "POST /:tenant/api/v1/auth/verify-code signInWithCode",
    "POST /auth/signin signIn",
    "POST /v1/auth/signin signIn",
    "POST /auth/forgot-password requestPasswordResetAt",
    "POST /v1/auth/forgot-password requestPasswordResetAt",
    "POST /auth/password-reset/:email resetPassword",
    "POST /v1/auth/password-reset/:email resetPassword",
    "POST /auth/reset-password replacePassword",
    "POST /v1/auth/reset-password replacePassword",
    "POST /auth/verification-mail requestAddressProof",
    "POST /v1/auth/verification-mail requestAddressProof",
    "GET /auth/verify proveAddress",
    "GET /v1/auth/verify proveAddress",
    "POST /auth/signup signUp",
    "POST /v1/auth/signup signUp",
    "POST /api/auth/register registerAndSignIn",
    "POST /api/auth/login startSignIn",
    "POST /api/users/login signIn",
  ]);
});

describe.each(entrances)("ENU-01, ENU-02: $endpoint", (entrance) => {
  it.each(accountKinds)(
    "answers for an account $kind to the byte as for none, with the same calls",
    async ({ kind }) => {
      // The first request of all may fill what the isolate remembers.
      await observed(entrance, somebody());

      const unknown = await observed(entrance, somebody());
      const known = await observed(entrance, { email: owner(kind).email });

      expect(known).toEqual(unknown);
    },
  );
});

describe.each(passwordEntrances())("ENU-01, ENU-02: $endpoint", (entrance) => {
  it("answers a right password alike where it may not be used", async () => {
    await observed(entrance, somebody());
    const unknown = await observed(entrance, somebody());

    const disabled = await observed(entrance, owner("that is disabled"));

    expect(disabled).toEqual(unknown);
  });

  it("answers alike once too many failures have closed the account, or what is none", async () => {
    const strict = startPostOffice({ PASSWORD_FAILURES_BEFORE_CLOSING: "10" });
    const known = await accountKinds[0]?.make(strict);
    const unknown = somebody();
    for (let failure = 0; failure < 10; failure++) {
      await attempt(strict, entrance, { email: known?.email ?? "" });
      await attempt(strict, entrance, { email: unknown.email });
    }

    const none = await observed(entrance, { email: unknown.email }, strict);

    expect(none.answer).toMatchObject({ status: 429 });
    expect(await observed(entrance, known ?? unknown, strict)).toEqual(none);
    expect(await observed(entrance, { email: known?.email ?? "" }, strict)).toEqual(none);
  });
});

describe.each(passwordEntrances().filter(demandsVerified))("ENU-01, ENU-02: $endpoint", (row) => {
  it("answers a right password alike where the address is not proved", async () => {
    const unknown = await observed(row, somebody());

    const unproved = await observed(row, owner("with an address that is not proved"));

    expect(unproved).toEqual(unknown);
  });
});
