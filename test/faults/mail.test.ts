import { describe } from "vitest";
import { mail } from "./flows/mail.ts";
import { survives } from "./support/survives.ts";

describe("REL-01: the consumer of the mail queue, while stores fail", () => {
  survives(mail, { status: "to be tried again", says: null });
});
