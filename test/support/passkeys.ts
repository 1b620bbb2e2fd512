import type { Browser, Fields, Page } from "./browser.ts";
import { type Lies, PasskeyDevice } from "./passkey-device.ts";

/** The form with which a page's script asks an authenticator. Throws when the page has none. */
export function passkeyForm({ forms, title }: Page) {
  const form = forms.find(({ passkeyOptions }) => passkeyOptions !== null);
  if (!form?.passkeyOptions) {
    throw new Error(`the page "${title}" asks for no passkey`);
  }
  return { form, options: form.passkeyOptions };
}

/** A page but for what it asks an authenticator, which is never the same twice. */
export function withoutCeremony(source: string): string {
  return source
    .replace(/name="ceremony" value="[\w-]+"/, 'name="ceremony" value="(ceremony)"')
    .replace(/(&quot;challenge&quot;:&quot;)[\w-]+/, "$1(challenge)");
}

/** Has a device answer what the page asks for, as its script does. */
export async function answerWith(
  browser: Browser,
  page: Page,
  device: PasskeyDevice,
  lies?: Lies,
  typed: Fields = {},
): Promise<Page> {
  const { form, options } = passkeyForm(page);
  const isNew = "user" in JSON.parse(options);
  const answer = await (isNew ? device.create(options, lies) : device.get(options, lies));
  return browser.submit(form, { answer, ...typed });
}

/** Adds a passkey for whoever is signed in: the device that has it. */
export async function passkeyOf(browser: Browser, name = "My phone"): Promise<PasskeyDevice> {
  const device = await PasskeyDevice.make();
  const page = await browser.open("/account/passkeys");
  const { status } = await answerWith(browser, page, device, {}, { name });
  if (status !== 303) {
    throw new Error(`adding a passkey answered ${status}`);
  }
  return device;
}
