import * as z from "zod";
import { text, withBody, withoutBody, withoutUndefined } from "./request-parts.ts";

const TEXT_MAX_LENGTH = 1000;
const letter = { slug: z.string(), kind: z.string(), language: z.string() };
const words = text()
  .max(TEXT_MAX_LENGTH, { error: `must have at most ${TEXT_MAX_LENGTH} characters` })
  .optional();

export const oneLetter = withoutBody(letter, {}).transform(({ params }) => params);

/** Which of them a letter has, the operation says. */
export const letterTexts = withBody(letter, {
  subject: words.describe(
    "With `{brand}` where the tenant's name is to stand, as in each of them.",
  ),
  lead: words.describe("Before the link."),
  action: words.describe("On the button."),
  more: words,
  not_you: words.describe("For whom the letter is not."),
  what: words.describe("What was done; with `{until}`, too."),
}).transform(({ params, body: { not_you, ...said } }) => ({
  ...params,
  texts: withoutUndefined({ ...said, notYou: not_you }),
}));
