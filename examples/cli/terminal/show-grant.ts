import { renderUnicodeCompact } from "uqr";
import type { DeviceSignIn } from "../latchkey.ts";
import type { Output } from "../surroundings.ts";
import { largeText } from "./large-text.ts";
import { plainText } from "./plain-text.ts";

/** What a camera still reads from a screen. */
const longestInQrCode = 300;

/** Shows where to go and which code to enter there, and for phones both in one QR code. */
export function showGrant(device: DeviceSignIn, out: Output): void {
  const userCode = plainText(device.userCode);
  const page = out.paint(["bold", "underline"], plainText(device.verificationUri));
  const parts = [`Open  ${page}\nand check that it shows this code, or enter it:`];
  parts.push(inLarge(userCode, out));
  parts.push(qrCode(device.verificationUriComplete, out));
  out.write(`\n${parts.filter((part) => part !== "").join("\n\n")}\n\n`);
}

/** The code also stands there as text, to be copied or read aloud. */
function inLarge(userCode: string, out: Output): string {
  const large = largeText(userCode);
  const small = `  ${out.paint(["bold"], userCode)}`;
  return fits(large, out) ? `${indented(out.paint(["bold"], large))}\n\n${small}` : small;
}

/** Light on dark whatever the terminal's colours: not every camera reads the reverse. */
function qrCode(url: string, out: Output): string {
  if (url.length > longestInQrCode) {
    return "";
  }
  const drawn = renderUnicodeCompact(url, { border: 2 });
  if (!fits(drawn, out)) {
    return "";
  }
  const lines = drawn.split("\n").map((line) => out.paint(["whiteBright", "bgBlack"], line));
  return `Or scan this:\n\n${indented(lines.join("\n"))}`;
}

function fits(block: string, out: Output): boolean {
  return Math.max(...block.split("\n").map((line) => line.length)) + 2 <= out.columns;
}

function indented(block: string): string {
  return block.replace(/^/gm, "  ");
}
