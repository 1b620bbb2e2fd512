import { describe, expect, it } from "vitest";
import { parseReply, refusesMailbox } from "../../src/mail/smtp-reply.ts";

describe("a reply of an SMTP server", () => {
  it.each([
    [["250 ok"], { code: 250, enhanced: null, lines: ["ok"] }],
    [["250"], { code: 250, enhanced: null, lines: [""] }],
    [["250-one", "250 STARTTLS"], { code: 250, enhanced: null, lines: ["one", "STARTTLS"] }],
    [["550 5.1.1 gone"], { code: 550, enhanced: "5.1.1", lines: ["5.1.1 gone"] }],
    [["550-no", "550 5.1.10"], { code: 550, enhanced: "5.1.10", lines: ["no", "5.1.10"] }],
    [["250 5.1.1gone"], { code: 250, enhanced: null, lines: ["5.1.1gone"] }],
  ])("is read: %j", (lines, reply) => {
    expect(parseReply(lines)).toEqual(reply);
  });

  it.each([[[]], [[""]], [["HTTP/1.1 400 Bad Request"]], [["250-one", "550 two"]], [["99 low"]]])(
    "that is none is null: %j",
    (lines) => {
      expect(parseReply(lines)).toBeNull();
    },
  );

  it.each([
    ["550 5.1.1 no such user", true],
    ["550 5.1.2 no such domain", true],
    ["550 5.1.10 null MX", true],
    ["550 5.2.1 receiving mail at a rate that prevents more", false],
    ["550 no such user, or relaying denied: who knows", false],
    ["550 5.7.1 relaying denied", false],
    ["550 5.1.8 your domain does not exist", false],
    ["552 5.2.2 full", false],
    ["554 5.7.26 unauthenticated", false],
    ["451 4.1.1 ask again", false],
    ["450 4.2.1 greylisted", false],
  ])("says for good that there is no mailbox, or not: %s", (line, isRefused) => {
    const reply = parseReply([line]) ?? expect.fail("no reply");
    expect(refusesMailbox(reply)).toBe(isRefused);
  });
});
