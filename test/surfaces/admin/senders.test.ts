import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { startPostOffice } from "../../support/post-office.ts";
import { newTenant } from "../../support/tenants.ts";
import {
  type BackOffice,
  clientToken,
  lastEventOf,
  PERSON_ONLY,
  type StaffedOffice,
  said,
  staffedOffice,
} from "./back-office.ts";

let office: BackOffice;
let as: StaffedOffice["as"];

beforeEach(async () => {
  ({ office, as } = await staffedOffice());
});

describe("/admin/tenants", () => {
  it("has letters come from a name, and answers go to an address, or not any more", async () => {
    const { slug, tenantId } = await newTenant();
    const settings = () => startPostOffice().ports.tenants.findLetterSettings(tenantId);
    const sender = { sender_name: "Acme", reply_to: "help@acme.test" };
    const words = { texts: { de: { invitation: { action: "Los" } } } };
    await env.DB.prepare("UPDATE tenants SET letters = ? WHERE id = ?")
      .bind(JSON.stringify(words), tenantId)
      .run();

    const changed = await as(`PATCH /tenants/${slug}`, sender);
    expect(changed.body).toMatchObject(sender);
    expect(await settings()).toMatchObject({ senderName: "Acme", replyTo: "help@acme.test" });
    expect(await lastEventOf(`tenant:${slug}`)).toMatchObject({ subject: "senderName, replyTo" });

    const second = await as(`PATCH /tenants/${slug}`, { sender_name: null });
    expect(second.body).toEqual({ ...changed.body, sender_name: null });
    expect(await settings()).toMatchObject({ senderName: null, ...words });
  });

  it.each([{ sender_name: "Acme" }, { reply_to: "help@acme.test" }, { reply_to: null }])(
    "ADM-03: lets no client say %j",
    async (sender) => {
      const { slug } = await newTenant();
      const { bearer } = await clientToken(office, ["admin:tenants"]);
      const change = (body: object) =>
        office.ask(`PATCH /tenants/${slug}`, { bearer, body: { name: "Acme", ...body } });

      expect(said(await change(sender))).toEqual(PERSON_ONLY);
      expect((await as(`GET /tenants/${slug}`)).body).toMatchObject({ name: slug, reply_to: null });
      expect((await change({})).status).toBe(200);
    },
  );

  it.each([
    [{ sender_name: "me@bank.test" }, "sender_name must have 1 to 60 plain characters"],
    [{ sender_name: "Acme <a" }, "sender_name must have 1 to 60 plain characters"],
    [{ sender_name: "Acme\r\nBcc: x" }, "sender_name must have 1 to 60 plain characters"],
    [{ sender_name: "" }, "sender_name must have 1 to 60 plain characters"],
    [{ sender_name: "x".repeat(61) }, "sender_name must have 1 to 60 plain characters"],
    [{ sender_name: 1 }, "sender_name must be a text."],
    [{ reply_to: "help" }, "reply_to must be an e-mail address."],
    [{ reply_to: "a@b.test, c@d.test" }, "reply_to must be an e-mail address."],
    [{ reply_to: "a@b.test\r\nBcc: c@d.test" }, "reply_to must be an e-mail address."],
  ])("refuses %j", async (body, issue) => {
    const { slug } = await newTenant();
    const answer = await as(`PATCH /tenants/${slug}`, body);

    expect(answer.status).toBe(400);
    expect(answer.body.error_description).toContain(issue);
  });
});
