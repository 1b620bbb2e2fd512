import type { Browser, Page } from "../../support/browser.ts";
import type { Form } from "../../support/html.ts";
import type { Send } from "./flow.ts";
import type { Member, Scene } from "./scene.ts";
import { toldOnPage } from "./told.ts";

/** Opens a page in a browser as it is now, however often. */
export function opens(browser: Browser, path: string): Send {
  return async () => toldOnPage(await browser.copy().open(path));
}

/** Sends a form from a browser as it is now, however often. */
export function submits(
  browser: Browser,
  form: Form,
  typed: Record<string, string | null> = {},
): Send {
  return async () => toldOnPage(await browser.copy().submit(form, typed));
}

type Path = string | ((person: Member, scene: Scene) => Promise<string>);

/** What prepares that somebody who is signed in opens a page. */
export function opensSignedIn(path: Path) {
  return async (scene: Scene): Promise<Send> => {
    const { browser, person } = await scene.inBrowser();
    return opens(browser, typeof path === "string" ? path : await path(person, scene));
  };
}

/** What prepares that somebody who is signed in sends the form with this action, of a page that is open. */
export function submitsSignedIn(
  path: Path,
  action: string,
  typed: (person: Member) => Record<string, string | null> = () => ({}),
) {
  return async (scene: Scene): Promise<Send> => {
    const { browser, person } = await scene.inBrowser();
    const at = typeof path === "string" ? path : await path(person, scene);
    const page = await seen(scene, browser, at);
    return submits(browser, page.form(action), typed(person));
  };
}

/** A page as the helper shows it: the service has not been asked yet. */
export function seen({ helper }: Scene, browser: Browser, path: string): Promise<Page> {
  return browser.copy(helper).open(path);
}
