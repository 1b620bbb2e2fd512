import { styleText } from "node:util";
import { renderUnicodeCompact } from "uqr";
import { largeText } from "../../examples/cli/terminal/large-text.ts";
import { say } from "../say.ts";
import type { Walk } from "./ask.ts";
import { type DeviceGrant, deviceGrant } from "./replies.ts";
import { requireAnswer } from "./require-answer.ts";
import { shortened } from "./shortened.ts";
import { step } from "./step.ts";

export const televisionId = "demo-tv";

/** Asks for a device code and shows on the screen what a person needs to approve it. */
export async function startTelevision(walk: Walk): Promise<DeviceGrant> {
  const started = await requireAnswer(
    walk,
    { method: "POST", path: "/api/v2/auth/device", body: { clientId: televisionId } },
    deviceGrant,
  );
  const grant = started.body;
  const code = `device code ${shortened(grant.deviceCode)}`;
  step("The TV asked for a code", started, `${code}, polled every ${grant.interval} s`);
  say(`\n${indent(styleText(["bold", "cyan"], largeText(grant.userCode)))}\n`);
  // White on black whatever the terminal's own colours: a camera needs the dark modules dark.
  const qrCode = renderUnicodeCompact(grant.verificationUriComplete, { border: 2 });
  say(indent(qrCode.replaceAll(/^.*$/gm, (line) => styleText(["whiteBright", "bgBlack"], line))));
  say(`  ${grant.verificationUri} and enter ${styleText("bold", grant.userCode)}`);
  say(`  or scan ${grant.verificationUriComplete}\n`);
  return grant;
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, "  ");
}
