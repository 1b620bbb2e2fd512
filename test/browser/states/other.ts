import { openPath } from "../support/open-path.ts";
import { sendForm } from "../support/send-form.ts";
import { somebodySignedIn } from "../support/somebody-signed-in.ts";
import type { State } from "./state.ts";

/** What stands beside the ways through. */
export const otherStates: readonly State[] = [
  {
    name: "front-page",
    title: ({ front }) => front.title,
    reach: (page) => openPath(page, "/"),
  },
  {
    name: "api-reference",
    title: () => "API reference",
    reach: (page) => openPath(page, "/docs"),
    explained: {
      weighs: "It holds every operation of every contract, for the browser's own search.",
    },
  },
  {
    name: "nothing-here",
    status: 404,
    title: ({ errors }) => errors.route_unknown.title,
    reach: (page) => openPath(page, "/nothing-here"),
  },
  {
    name: "form-from-elsewhere",
    status: 403,
    title: ({ errors }) => errors.cross_site.title,
    async reach(page) {
      await somebodySignedIn(page);
      await openPath(page, "/device");
      await page
        .locator("form[action='/device'] [name=csrf]")
        .evaluate((field) => field.setAttribute("value", "forged"));
      return sendForm(page, { user_code: "BCDF-GHJK" });
    },
  },
  {
    name: "mailbox",
    title: ({ mailbox }) => mailbox.title,
    async reach(page) {
      const answer = await openPath(page, "/dev/mailbox");
      // Its mails are alike, and there are a hundred.
      await page.locator("article").evaluateAll((mails) => {
        for (const mail of mails.slice(3)) {
          mail.remove();
        }
      });
      return answer;
    },
    explained: { weighs: "It holds all that was mailed in this run, in development alone." },
  },
];
