import { test } from "node:test";
import { until } from "../live/support/until.ts";
import { inBrowser } from "./support/in-browser.ts";
import { openPath } from "./support/open-path.ts";
import { serveSite } from "./support/serve-site.ts";
import { watch } from "./support/watch.ts";

const POLICY = { "content-security-policy": "default-src 'none'; img-src data:" };

const WRONGS: readonly {
  what: string;
  html: string;
  headers?: Record<string, string>;
  noticed: RegExp;
}[] = [
  {
    what: "a script within the page",
    html: "<script>1</script>",
    headers: POLICY,
    noticed: /^console: Executing inline script violates/m,
  },
  {
    what: "a style within the page",
    html: "<p style='color: red'>",
    headers: POLICY,
    noticed: /^console: Applying inline style violates/m,
  },
  {
    what: "a script that fails",
    html: "<script>throw new Error('oh')</script>",
    noticed: /^script: oh$/m,
  },
  {
    what: "what a script complains of",
    html: "<script>console.error('oh')</script>",
    noticed: /^console: oh$/m,
  },
  {
    what: "an image of a stranger's",
    html: "<img src='http://127.0.0.1:9/pixel.png' alt=''>",
    noticed: /^asked of a stranger: http:\/\/127\.0\.0\.1:9\/pixel\.png$/m,
  },
  {
    what: "an image that is not there",
    html: "<img src='/missing.png' alt=''>",
    noticed: /^missing: .*\/missing\.png 404$/m,
  },
  {
    what: "a cookie for who only looks",
    html: "<p>",
    headers: { "set-cookie": "latchkey=1; Path=/; HttpOnly; SameSite=Lax" },
    noticed: /^cookie: GET .* latchkey=1/m,
  },
];

for (const { what, html, headers, noticed } of WRONGS) {
  test(
    `the watch notices ${what}`,
    inBrowser(async (open) => {
      const site = await serveSite(html, headers);
      const page = await open({ javaScript: true, stopped: /./ });
      const complaints = watch(page.context(), {}, site.origin);
      await openPath(page, site.origin);
      await heard(complaints, noticed);
    }),
  );
}

/** Waits for it: what a browser says of a page may come after the page. */
async function heard(complaints: () => Promise<readonly string[]>, noticed: RegExp): Promise<void> {
  await until(`a complaint like ${noticed}`, async () =>
    noticed.test((await complaints()).join("\n")),
  );
}
