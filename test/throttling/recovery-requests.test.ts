import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { addressEntrances, attempt } from "../support/address-entrances.ts";
import { stopClock } from "../support/clock.ts";
import { countFigure } from "../support/figures.ts";
import { type Person, registered, signedIn, somebody } from "../support/people.ts";
import { startPostOffice } from "../support/post-office.ts";
import { tally } from "../support/tally.ts";

const REQUESTS = 50;
const MAILS = 5;
/** The rows that have a link or a code mailed. */
const ORDERS = [
  "requestPasswordReset",
  "requestPasswordResetAt",
  "sendLoginCode",
  "requestAddressProof",
];
const mailingRows = addressEntrances().filter(({ operation }) => ORDERS.includes(operation));

/** Everything that is stored of an account, but for its sessions. */
async function stored({ email }: Person) {
  const { results } = await env.DB.prepare(
    "SELECT * FROM accounts JOIN passwords ON account_id = accounts.id WHERE email = ?",
  )
    .bind(email)
    .all();
  return results;
}

describe.each(mailingRows)("REC-03: $endpoint asked 50 times at once", (entrance) => {
  const askedFor = (emails: readonly string[], address?: string) => {
    const office = startPostOffice();
    const asked = emails.map((email) =>
      attempt(office, entrance, { email, ...(address && { address }) }),
    );
    return Promise.all(asked).then((answers) => ({
      answers: answers.map(({ status }) => (status === 429 ? "refused" : "promised")),
      ordered: office.orders.length,
    }));
  };

  it("for one account, from as many addresses, orders five mails", async (test) => {
    stopClock();
    const { email } = await registered(startPostOffice());

    const { answers, ordered } = await askedFor(Array(REQUESTS).fill(email));
    countFigure(test, "parallel requests", REQUESTS);

    expect(tally(answers)).toEqual({ promised: MAILS, refused: REQUESTS - MAILS });
    expect(ordered).toBe(MAILS);
  });

  it("for an address that nobody has, is refused as often", async () => {
    stopClock();

    const { answers } = await askedFor(Array(REQUESTS).fill(somebody().email));

    expect(tally(answers)).toEqual({ promised: MAILS, refused: REQUESTS - MAILS });
  });
});

describe("REC-03: asking for a reset", () => {
  it("changes nothing on the account, however often it is done", async () => {
    const office = startPostOffice();
    const person = await registered(office);
    const { accessToken } = await signedIn(office, person);
    const before = await stored(person);

    await Promise.all(
      Array.from({ length: REQUESTS }, () =>
        startPostOffice().ask("/api/forgot-password", { body: person }),
      ),
    );

    expect(await stored(person)).toEqual(before);
    expect(before).toHaveLength(1);
    const bearer = { method: "GET", bearer: accessToken };
    expect((await office.ask("/api/user/profile", bearer)).status).toBe(200);
    expect((await office.ask("/api/login", { body: person })).status).toBe(200);
  });

  it("is fenced by the sender's address, whatever accounts it is for", async (test) => {
    let asked = 0;
    const limit = async () => ({ success: ++asked <= 60 });
    const service = startPostOffice({ CREDENTIAL_FENCE: { limit } });

    const answers = await Promise.all(
      Array.from({ length: 100 }, () =>
        service.ask("/api/forgot-password", { body: { email: somebody().email } }),
      ),
    );
    countFigure(test, "parallel requests", 100);

    expect(tally(answers.map(({ status }) => status))).toEqual({ 200: 60, 429: 40 });
    expect(service.orders).toHaveLength(60);
  });
});
