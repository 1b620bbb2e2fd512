import * as z from "zod";
import { email, role } from "../shape-fields.ts";

/** The shape of each reply's body, by the reply's name. For the API reference: no Worker loads it. */
const nothingYet = z.array(z.never());
const notSold = z.literal("");

const user = {
  _id: z.string().regex(/^[0-9a-f]{24}$/),
  role,
  username: email,
  name: z.string(),
  lastName: z.string(),
  fullName: z.string(),
  phone: z.string(),
  companyName: z.string(),
  projectNameURL: z.string(),
  country: z.string(),
  address1: z.string(),
  address2: z.string(),
  city: z.string(),
  region: z.string(),
  zip: z.string(),
  stripeAccountId: notSold,
  stripeOnboardingDone: z.literal(false),
  stripeDetailsSubmitted: z.literal(false),
  experimentalFeatures: z.literal(false),
  appliedTrial: z.literal(false),
  stripeCustomer: z.object({}),
  subscription: z.object({}),
  projects: nothingYet,
  groups: nothingYet,
  administrators: nothingYet,
  editors: nothingYet,
  invites: z.array(
    z.object({
      firstName: z.string(),
      lastName: z.string(),
      email: z.string(),
      level: z.string(),
    }),
  ),
  preferences: z.object({ hideBrandingIcon: z.boolean(), hideLoadingLogo: z.boolean() }),
};

export const me = z.object(user);

export const session = z.object({
  message: z.literal("Login successful"),
  access_token: z.string(),
  ...user,
  token: z.string().describe("The access token once more."),
});

export const refreshed = z.object({
  message: z.literal("Token refreshed"),
  access_token: z.string(),
});

export const signedOut = z.object({ message: z.literal("Logout successful") });

export const refusal = z.object({ message: z.string() });
