import * as z from "zod";
import { flag } from "../fields.ts";
import {
  eventName,
  eventNames,
  text,
  withBody,
  withBodyIfAny,
  withoutBody,
} from "./request-parts.ts";

const URL_MAX_LENGTH = 2048;
const webhook = { webhookId: z.string() };

export const oneWebhook = withoutBody(webhook, {}).transform(({ params }) => params);

export const newWebhook = withBody(
  {},
  {
    // Whether it is one that the public reaches, the operation says.
    url: text()
      .max(URL_MAX_LENGTH, { error: `must have at most ${URL_MAX_LENGTH} characters` })
      .describe("Where to: https, by a name that is public."),
    events: z
      .array(eventName, { error: "must be a list of events" })
      .min(1, { error: "must have at least one entry, or be null for all" })
      .max(eventNames.length, { error: `must have at most ${eventNames.length} entries` })
      .nullable()
      .default(null)
      .describe("Which it hears; null for all."),
  },
).transform(({ body: { url, events } }) => ({ url, events: events && [...new Set(events)] }));

export const webhookSecret = withBodyIfAny(webhook, {
  leaked: flag
    .default(false)
    .describe("Somebody else knows the one before: it signs nothing more."),
}).transform(({ params, body }) => ({ ...params, ...body }));

export const webhookEnabling = withBodyIfAny(webhook, {
  skip_missed: flag
    .default(false)
    .describe("Go on with what happens from now on, and not where it stopped."),
}).transform(({ params, body }) => ({ ...params, skipsMissed: body.skip_missed }));
