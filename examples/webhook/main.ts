import { parseArgs } from "node:util";
import { createReceiver } from "./receiver.ts";

const HELP = `A receiver of webhooks: shows each genuine message, once.

WEBHOOK_SECRET=whsec_… node main.ts

  WEBHOOK_SECRET  what create-webhook has shown
  PORT            where to listen (8791)
  --help          this`;

if (asksForHelp()) {
  console.log(HELP);
  process.exit();
}
const { WEBHOOK_SECRET: secret, PORT: port = "8791" } = process.env;
if (!secret?.startsWith("whsec_")) {
  console.error("Set WEBHOOK_SECRET to what create-webhook has shown: whsec_…");
  process.exit(1);
}
createReceiver(secret, ({ type, timestamp, data }) =>
  console.log(`${timestamp} ${type} ${data.account ?? ""} ${data.outcome}`),
).listen(Number(port), "127.0.0.1", () =>
  console.log(`http://127.0.0.1:${port} waits for what happens.`),
);

function asksForHelp(): boolean {
  try {
    return parseArgs({ options: { help: { type: "boolean", short: "h", default: false } } }).values
      .help;
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${HELP}`);
    process.exit(2);
  }
}
