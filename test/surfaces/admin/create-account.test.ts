import { beforeEach, describe, expect, it } from "vitest";
import { en } from "../../../src/texts/en.ts";
import { Browser } from "../../support/browser.ts";
import { passSeconds, stopClock } from "../../support/clock.ts";
import { only, tokenIn } from "../../support/post-office.ts";
import { countRows } from "../../support/rows.ts";
import {
  type BackOffice,
  clientToken,
  conflict,
  eventsOf,
  invalid,
  OUT_OF_REACH,
  type SignedIn,
  said,
  somebodyLike,
  staff,
  staffedOffice,
} from "./back-office.ts";

let office: BackOffice;
let boss: SignedIn;

beforeEach(async () => {
  ({ office, boss } = await staffedOffice());
});

describe("POST /admin/accounts", () => {
  const create = (body: object, bearer = boss.bearer) =>
    office.ask("POST /accounts", { bearer, body });

  it("makes an account without a password, and writes down who did", async () => {
    const email = `new-${crypto.randomUUID()}@example.test`;

    const answer = await create({ email: ` ${email.toUpperCase()} `, name: "Ada Lovelace" });

    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      ...{ email, name: "Ada Lovelace", role: "user", email_verified: false, disabled: false },
    });
    const { body } = await office.ask(`GET /accounts/${answer.body.id}`, boss);
    expect(body.has_password).toBe(false);
    expect(await eventsOf(answer.body.id)).toEqual([
      { event: "account-created", actor: boss.id, subject: null },
    ]);
    expect(await office.service.deliver()).toEqual([]);
  });

  it("invites its owner in their language, who sets a password with the link and proves the address", async () => {
    stopClock();
    const email = `new-${crypto.randomUUID()}@example.test`;
    const { bearer } = await staff(office);
    const { body } = await create({ email, invite: true, language: "de" }, bearer);
    const letter = only(await office.service.deliver());
    passSeconds(2 * 86_400);

    const reset = await office.service.ask("/api/reset-password", {
      body: { token: tokenIn(letter), password: "a gentle otter in may" },
    });

    expect(letter).toMatchObject({ to: email, subject: "Richten Sie Ihr Konto ein" });
    expect(reset.status).toBe(200);
    const after = await office.ask(`GET /accounts/${body.id}`, await staff(office));
    expect(after.body).toMatchObject({ email_verified: true, has_password: true });
  });

  it("invites to a page for a first password, which speaks of none before and of no sign-ins", async () => {
    const email = `new-${crypto.randomUUID()}@example.test`;
    await create({ email, invite: true });
    const [link = ""] = only(await office.service.deliver()).text.match(/https?:\S+/) ?? [];
    const browser = new Browser(office.service);

    const shown = await browser.open(link.slice(new URL(link).origin.length));
    const again = await browser.submit(shown.form("/reset"), { password: "otters!" });
    const done = await browser.submit(again.form("/reset"), { password: "a gentle otter in may" });

    const { first } = en.reset;
    expect(shown.lines.slice(0, 3)).toEqual([first.title, first.what, "New password"]);
    expect([again.status, again.lines[0], again.lines[2]]).toEqual([400, first.title, first.what]);
    expect([done.status, done.lines[1]]).toEqual([200, first.done.what]);
  });

  it("invites nobody more often than people may ask themselves, however often they are made", async () => {
    const email = `new-${crypto.randomUUID()}@example.test`;
    const statuses = [];
    for (let made = 0; made < 6; made++) {
      const { status, body } = await create({ email, invite: true });
      statuses.push(status);
      if (body.id) {
        await office.ask(`DELETE /accounts/${body.id}`, boss);
      }
    }

    expect(statuses).toEqual([201, 201, 201, 201, 201, 429]);
  });

  it("refuses an address that is taken, and writes nothing down", async () => {
    const { email } = await somebodyLike();
    const before = await countRows("audit_events", "event = 'account-created'");

    expect(said(await create({ email }))).toEqual(
      conflict("address_taken", "The address is taken."),
    );
    expect(await countRows("audit_events", "event = 'account-created'")).toBe(before);
  });

  it("ADM-03: gives power to proved addresses alone", async () => {
    const email = `new-${crypto.randomUUID()}@example.test`;

    expect(said(await create({ email, role: "admin" }))).toEqual(
      conflict(
        "address_unproved",
        "The address is not proved: it may be a stranger's, and gets no power. Its owner proves it by the link in a mail or an invitation; whoever makes the account may say that it is theirs (`email_verified`).",
      ),
    );
    const { body } = await create({ email, role: "superadmin", email_verified: true });
    expect(body).toMatchObject({ role: "superadmin", email_verified: true });
  });

  it("ADM-03: lets neither an admin nor a client make anybody more than a user", async () => {
    const [helper, client] = [
      await staff(office, "admin"),
      await clientToken(office, ["admin:accounts"]),
    ];
    for (const { bearer } of [helper, client]) {
      for (const role of ["admin", "superadmin"]) {
        const email = `new-${crypto.randomUUID()}@example.test`;
        const answer = await create({ email, role, email_verified: true }, bearer);
        expect(said(answer)).toEqual(OUT_OF_REACH);
      }
    }
  });

  it.each([
    [{}, "email is required."],
    [{ email: "nobody" }, "email must be an e-mail address."],
    [{ email: "a@b.test", role: "root" }, "role must be user, admin or superadmin."],
    [{ email: "a@b.test", invite: "yes" }, "invite must be true or false."],
    [{ email: "a@b.test", language: "fr" }, "language must be one of en, de."],
  ])("refuses %j", async (body, issue) => {
    expect(said(await create(body))).toEqual(invalid(issue));
  });
});
