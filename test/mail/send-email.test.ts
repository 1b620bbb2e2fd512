import { describe, expect, it } from "vitest";
import { Bounced } from "../../src/core/mail/bounced.ts";
import { sendEmailTransport } from "../../src/mail/send-email.ts";

const message = {
  to: "robin@meadow.example",
  from: "Otter Desk <desk@meadow.example>",
  subject: "Set a new password",
  text: "text",
  html: "<p>html</p>",
};

/** A binding that keeps what it is given. */
function recorder() {
  const sent: unknown[] = [];
  const send = async (given: unknown) => void sent.push(given);
  return { sent, binding: { send } as unknown as SendEmail };
}

describe("the e-mail binding", () => {
  it("is given a letter whole: to, from, subject and both parts", async () => {
    const { sent, binding } = recorder();
    await sendEmailTransport(binding)(message);
    expect(sent).toEqual([
      { ...message, from: { email: "desk@meadow.example", name: "Otter Desk" } },
    ]);
  });

  it("is told where answers go", async () => {
    const { sent, binding } = recorder();
    await sendEmailTransport(binding)({ ...message, replyTo: "help@otter.example" });
    expect(sent).toMatchObject([{ replyTo: "help@otter.example" }]);
  });

  it.each([
    ["desk@meadow.example", { email: "desk@meadow.example", name: "" }],
    ["<desk@meadow.example>", { email: "desk@meadow.example", name: "" }],
    ["Desk<desk@meadow.example>", { email: "desk@meadow.example", name: "Desk" }],
    ["Desk, Otter <desk@meadow.example>", { email: "desk@meadow.example", name: "Desk, Otter" }],
    ["Ötter 🦦 <desk@meadow.example>", { email: "desk@meadow.example", name: "Ötter 🦦" }],
  ])("reads the configured sender: %s", async (from, address) => {
    const { sent, binding } = recorder();
    await sendEmailTransport(binding)({ ...message, from });
    expect(sent).toMatchObject([{ from: address }]);
  });

  it("that sends an address nothing any more has bounced the letter", async () => {
    const error = Object.assign(new Error("suppressed"), { code: "E_RECIPIENT_SUPPRESSED" });
    const binding = { send: () => Promise.reject(error) } as unknown as SendEmail;
    expect(await sendEmailTransport(binding)(message)).toEqual(
      new Bounced("E_RECIPIENT_SUPPRESSED"),
    );
  });

  it("that refuses a letter is an error, so that it is tried again", async () => {
    const binding = { send: () => Promise.reject(new Error("refused")) } as unknown as SendEmail;
    await expect(sendEmailTransport(binding)(message)).rejects.toThrow("refused");
  });
});
