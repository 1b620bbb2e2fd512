import type { Browser, Page } from "./browser.ts";
import type { Form } from "./html.ts";

/**
 * Every form that a browser comes to by links from a page, by where it is sent; and those that come
 * after them, where `submit` sends a form. Each page is opened once, whatever its query.
 */
export async function crawlForms(
  browser: Browser,
  start: string,
  submit: (form: Form) => Promise<Page | null>,
): Promise<Map<string, Form>> {
  const forms = new Map<string, Form>();
  const seen = new Set<string>();
  const paths = [start];
  const read = async (page: Page): Promise<void> => {
    paths.push(...linksOf(page));
    for (const form of page.forms) {
      if (form.method === "post" && !forms.has(form.action)) {
        forms.set(form.action, form);
        const next = await submit(form);
        if (next) {
          await read(next);
        }
      }
    }
  };
  for (let path = paths.shift(); path !== undefined; path = paths.shift()) {
    const [plain = ""] = path.split("?");
    if (!seen.has(plain)) {
      seen.add(plain);
      await read(await browser.open(path));
    }
  }
  return forms;
}

function linksOf({ elements }: Page): string[] {
  return elements.flatMap(({ tag, attributes: { href = "" } }) =>
    tag === "a" && href.startsWith("/") ? [href] : [],
  );
}
