import { expect } from "vitest";
import { AT_HOME } from "./account-page.ts";
import { Browser } from "./browser.ts";
import { type PostOffice, startPostOffice } from "./post-office.ts";
import type { Asked } from "./service.ts";
import { newTenant } from "./tenants.ts";

/** Somebody at home, who may come again. */
export interface There {
  office: PostOffice;
  /** Of a tenant that is not set up. */
  slug: string;
  address: string;
  ask(path: string, asked: Asked): Promise<unknown>;
  browse(): Browser;
}

export async function arrive(): Promise<There> {
  const office = startPostOffice({ MAILS_PER_HOUR: "100" });
  const { slug } = await newTenant();
  const { address } = new Browser(office);
  const { place, program } = AT_HOME;
  const from = { address, place, headers: { "user-agent": program } };
  return {
    office,
    slug: slug ?? "",
    address,
    ask: (path, asked) => office.ask(path, { ...from, ...asked }),
    browse: () => Object.assign(new Browser(office, address), AT_HOME),
  };
}

/** The code in the letter that waits for an address. */
export async function mailedCode(office: PostOffice, email: string): Promise<string> {
  const letter = (await office.deliver()).find(({ to }) => to === email);
  return letter?.text.match(/^\d{6}$/m)?.[0] ?? expect.fail("no code was mailed");
}
