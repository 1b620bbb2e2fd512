import { createReceiver } from "./receiver.ts";

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
