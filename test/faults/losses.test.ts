import { beforeAll, describe, expect, it, type TestContext } from "vitest";
import { operations } from "../../src/core/operations.ts";
import { registerClients } from "../support/clients.ts";
import { stopClock } from "../support/clock.ts";
import { countFigure } from "../support/figures.ts";
import { logLines } from "../support/log-lines.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { accountPages } from "./flows/account-pages.ts";
import { admin } from "./flows/admin.ts";
import { credebl } from "./flows/credebl.ts";
import { lnchr } from "./flows/lnchr.ts";
import { managePages } from "./flows/manage-pages.ts";
import { pages } from "./flows/pages.ts";
import { pionne } from "./flows/pionne.ts";
import { planasonix } from "./flows/planasonix.ts";
import { planpoint } from "./flows/planpoint.ts";
import type { Flow } from "./support/flow.ts";
import { ITS_PASSWORD, ITS_ROLE, ITS_SESSION, type Loss, whileItLoses } from "./support/losses.ts";
import { leftAlone } from "./support/untouched.ts";

/** What is done in a session all the same, and why nobody is harmed by it. */
const DONE_ALL_THE_SAME: Readonly<Record<string, string>> = {
  decideDeviceGrant: "what was approved by a session that had ended opens nothing",
  resendVerification: "the letter goes to the account's own address",
  "POST /device": "as above",
  "POST /account/security/email/again": "as above",
};

/** What an operation demands of whoever asks. */
interface Demands {
  changes: boolean;
  asksForRole: boolean;
  isOpenBeforePasswordChange: boolean;
}

/** Those that ask for nobody do not say. */
const says = new Map(
  Object.entries(operations).flatMap(([name, operation]): [string, Demands][] => {
    if ("demand" in operation) {
      const changes = operation.demand.changes === true;
      return [[name, { changes, asksForRole: true, isOpenBeforePasswordChange: false }]];
    }
    if ("changes" in operation) {
      const { changes, asksForRole, isOpenBeforePasswordChange } = operation;
      return [[name, { changes, asksForRole, isOpenBeforePasswordChange }]];
    }
    return [];
  }),
);
const nameOf = (flow: string) => flow.split(": ")[0] ?? "";

const contracts = { admin, credebl, lnchr, pionne, planasonix, planpoint };
const ofContracts = Object.entries(contracts).flatMap(([contract, flows]) =>
  Object.entries(flows).flatMap(([name, flow]) => {
    const said = says.get(nameOf(name));
    return said ? [{ at: `${contract} ${name}`, name, flow, ...said }] : [];
  }),
);

/** Forms that take a session, but for that which ends it. */
const FORMS = /^POST \/(account|manage|device|oauth\/consent)\b/;
/** By which operation those are done that are open where it is. */
const DONE_BY: Readonly<Record<string, string>> = {
  "POST /account/profile": "updateProfile",
  "POST /account/security/password": "changePassword",
};
const ofPages = Object.entries({ ...accountPages, ...managePages, ...pages })
  .filter(([name]) => FORMS.test(name))
  .map(([name, flow]) => {
    const operation = says.get(DONE_BY[name] ?? "");
    const isOpenBeforePasswordChange = operation?.isOpenBeforePasswordChange ?? false;
    return { at: name, name, flow, asksForRole: name in managePages, isOpenBeforePasswordChange };
  });

beforeAll(async () => {
  await registerClients();
  await registerOAuthClients();
});

async function expectAllOrNothing(test: TestContext, loss: Loss, flow: Flow): Promise<void> {
  stopClock();
  logLines();
  const untouched = await leftAlone(flow);
  for (const number of untouched.calls.keys()) {
    await whileItLoses(loss, flow, untouched, number);
    countFigure(test, "rights lost midway", 1);
  }
}

const isHeld = ({ name }: { name: string }) => !(nameOf(name) in DONE_ALL_THE_SAME);
/** Asks for somebody too, where it is sent a session along. */
const along = "replacePassword: by somebody who is signed in";
const changing = [
  ...ofContracts.filter(({ changes }) => changes),
  ...[credebl[along]].flatMap((flow) =>
    flow
      ? [{ at: along, name: along, flow, asksForRole: false, isOpenBeforePasswordChange: true }]
      : [],
  ),
  ...ofPages,
].filter(isHeld);

describe.each(changing)("$at", ({ flow }) => {
  it("SES-03: is all done or, where its session ended before, as if it had come later, whenever that is", (test) =>
    expectAllOrNothing(test, ITS_SESSION, flow));
});

/** Whom it is about is signed in, too, and shown with what they have to do. */
const ABOUT_SOMEBODY = "changeAccount: of another superadmin";
const held = changing.filter(
  ({ name, isOpenBeforePasswordChange }) => !isOpenBeforePasswordChange && name !== ABOUT_SOMEBODY,
);

describe.each(held)("$at", ({ flow }) => {
  it("is all done or, where its password was to be changed before, as if it had come later", (test) =>
    expectAllOrNothing(test, ITS_PASSWORD, flow));
});

describe.each(changing.filter(({ asksForRole }) => asksForRole))("$at", ({ flow }) => {
  it("is all done or, where its role was taken before, as if it had come later, whenever that is", (test) =>
    expectAllOrNothing(test, ITS_ROLE, flow));
});

describe.each(ofContracts.filter((one) => !one.changes && isHeld(one)))("$at", ({ flow }) => {
  it("SES-03: changes nothing, and so need not say that it does", async () => {
    stopClock();
    logLines();
    expect((await leftAlone(flow)).once.core).toEqual([]);
  });
});
