import { styleText } from "node:util";
import type { Walk } from "./demo/ask.ts";
import { awaitTokens } from "./demo/await-tokens.ts";
import { claimsTable } from "./demo/claims-table.ts";
import { message } from "./demo/replies.ts";
import { requireAnswer } from "./demo/require-answer.ts";
import { type DemoAccount, newAccount, signIn, signUp } from "./demo/sign-up.ts";
import { step } from "./demo/step.ts";
import { startTelevision } from "./demo/television.ts";
import { withServer } from "./demo/with-server.ts";
import { localUrl } from "./dev/local-url.ts";
import { Problem } from "./problem.ts";
import { readOptions } from "./read-options.ts";
import { runScript } from "./run-script.ts";
import { say } from "./say.ts";

const HELP = `Walks through signing in, over HTTP: an account, its tokens, and a TV that is let in by a code.
Where no server answers on this machine, one is started for as long.

npm run demo -- [options]

  --manual     you approve the TV, in your browser
  --url <url>  the server's root; unless given, that of npm run dev, wherever it runs
  --help       this`;

const OPTIONS = {
  manual: { type: "boolean", default: false },
  url: { type: "string" },
} as const;

await runScript(async (stop) => {
  const values = readOptions(process.argv.slice(2), OPTIONS, HELP);
  if (!values) {
    return;
  }
  const walk: Walk = { url: readUrl(values.url ?? localUrl()), stop };
  await withServer(walk, () => demonstrate(walk, values.manual));
});

async function demonstrate(walk: Walk, manual: boolean): Promise<void> {
  const begun = performance.now();
  say(styleText("bold", `\nSigning in at ${walk.url}, over HTTP\n`));
  const account = newAccount();
  await signUp(walk, account);
  const { accessToken } = await signIn(walk, account);
  const grant = await startTelevision(walk);
  if (manual) {
    sayHowToApprove(grant.verificationUri, account);
  }
  const television = await awaitTokens(walk, grant, async (polls) => {
    if (polls === 2 && !manual) {
      await approveOnPhone(walk, grant.userCode, accessToken);
    }
  });
  say(styleText("bold", "\nThe claims in the TV's access token\n"));
  say(claimsTable(television.accessToken));
  say(styleText("bold", `\nDone in ${((performance.now() - begun) / 1_000).toFixed(1)} s`));
}

/** Stands in for the person: signed in on another device, and sure about the code on the screen. */
async function approveOnPhone(walk: Walk, userCode: string, accessToken: string): Promise<void> {
  const path = "/api/v2/auth/device/authorize";
  const approved = await requireAnswer(
    walk,
    { method: "POST", path, body: { userCode }, accessToken },
    message,
  );
  step(`The phone approved ${userCode}`, approved, approved.body.message);
}

function sayHowToApprove(verificationUri: string, account: DemoAccount): void {
  say(styleText("bold", "Your turn"));
  say(`  Open      ${styleText("cyan", verificationUri)}`);
  say(`  Sign in   ${account.email}`);
  say(`  Password  ${account.password}`);
  say(
    styleText("dim", "  The account was made for this run. The TV waits until its code expires.\n"),
  );
}

function readUrl(value: string): string {
  if (!URL.canParse(value)) {
    throw new Problem(
      `"${value}" is not an address.`,
      "Give the server's root: npm run demo -- --url http://localhost:8787",
    );
  }
  return new URL(value).origin;
}
