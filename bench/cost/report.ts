import { comparison, freePlanComparison } from "./comparison.ts";
import { countTable, money, ofAMillion, priceTable } from "./flow-tables.ts";
import { HELD_SECONDS } from "./latchkey-device-flows.ts";
import type { Measured } from "./measure.ts";
import { limits, PRICES_AS_OF } from "./prices.ts";
import { freePlanTable, overFreeCpu, profileTable } from "./profile-tables.ts";
import { profiles } from "./profiles.ts";
import type { Results } from "./results.ts";

/** All tables, as docs/cost.md has them. */
export function report({ date, machine, latchkey, betterAuth }: Results): string {
  return [
    `Counted on ${date} (${machine.cores} cores, ${machine.platform}, workerd ${machine.workerd}), prices of ${PRICES_AS_OF}.`,
    "### What each flow asks for",
    countTable(latchkey),
    unsteady(latchkey),
    "The same of better-auth:",
    countTable(betterAuth),
    "### Dollars for a million of each",
    priceTable(latchkey, betterAuth),
    waiting(latchkey),
    "### Dollars a month for a million monthly users",
    profileTable(latchkey),
    ...profiles.map(({ name, about }) => `**${name}.** ${about}`),
    "Beside better-auth, of what both have, without letters, log lines and clean-up. Where Latchkey refreshes or is asked by RPC, better-auth is asked for its session over HTTP, and extends it once a day; behind a service binding its requests would be free as well, $0.30 a million. Its device approvals are two requests, the page before them one; Latchkey's are the decision alone:",
    comparison(latchkey, betterAuth),
    "### How far the free plan carries",
    "Sign-ins with a password do not fit it at all, as what follows the table says. All else would carry so far, every user active:",
    freePlanTable(latchkey),
    "Beside better-auth, of what both have, by what ends first, the database's size left out:",
    freePlanComparison(latchkey, betterAuth),
    overFree(latchkey),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function unsteady(measured: readonly Measured[]): string {
  const names = measured.filter(({ isSteady }) => !isSteady).map(({ name }) => name);
  return names.length === 0
    ? "Each was counted several times, and every time the same."
    : `Each was counted several times. These were not always the same, and the middle is shown: ${names.join("; ")}.`;
}

function overFree(measured: readonly Measured[]): string {
  const names = overFreeCpu(measured).map(({ name }) => name);
  return names.length === 0
    ? ""
    : `Over the ${limits.freeCpuMilliseconds} ms of CPU that the free plan allows a request: ${names.join("; ")}.`;
}

/** Polls of five seconds that a held one stands for. */
const POLLS = HELD_SECONDS / 5;

function waiting(measured: readonly Measured[]): string {
  const dollars = (id: string) => {
    const flow = measured.find((one) => one.id === id);
    return flow ? ofAMillion(flow) : 0;
  };
  return `A device that waits ${HELD_SECONDS} s costs $${money(POLLS * dollars("pollPending"))} a million times where it polls every 5 s, and $${money(dollars("pollHeld"))} where its poll is held: the object is billed while it holds. On a socket the object sleeps.`;
}
