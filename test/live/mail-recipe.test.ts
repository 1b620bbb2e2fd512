import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { after, test } from "node:test";
import { parseEnv } from "node:util";
import { projectFolder } from "../../scripts/project-folder.ts";
import { answerTo } from "./support/answer-to.ts";
import { freePort } from "./support/free-port.ts";
import { ownLatchkey } from "./support/own-latchkey.ts";
import { until } from "./support/until.ts";

const manual = readFileSync(join(projectFolder, "docs/operating.md"), "utf8");

/** What the manual has people type to try SMTP on their own machine, with a free port for its own. */
const port = await freePort();
const [, program = ""] = found(/npx node --input-type=module -e '([^']*SMTPServer[^']*)'/);
const [, variables = ""] = found(/printf '%s\\n' (MAIL_TRANSPORT=.*) >> \.dev\.vars/);
const onPort = (text: string) => text.replace("1025", String(port));

const server = spawn(process.execPath, ["--input-type=module", "-e", onPort(program)], {
  cwd: projectFolder,
  stdio: ["ignore", "pipe", "inherit"],
});
let shown = "";
server.stdout.setEncoding("utf8").on("data", (text: string) => {
  shown += text;
});
after(() => server.kill());
await until("the server of the manual", listens);
await ownLatchkey(settings(parseEnv(onPort(variables).replaceAll(" ", "\n"))));

test("the server that the manual has people try SMTP with shows the letters that Latchkey sends", async () => {
  const email = "robin@meadow.example";
  const body = { email, password: "a gentle otter of june", name: "Robin" };
  assert.equal((await answerTo("/api/register", { body })).status, 201);
  const token = await until("a letter", () => /[?&]token=([\w-]+)/.exec(shown)?.[1]);
  assert.ok(shown.startsWith(`${email} Confirm your e-mail address `), shown);
  assert.equal((await answerTo("/api/verify-email", { body: { token } })).status, 200);
});

function found(form: RegExp): RegExpExecArray {
  return form.exec(manual) ?? assert.fail(`docs/operating.md has no ${form}`);
}

function settings(read: NodeJS.Dict<string>): Record<string, string> {
  return Object.fromEntries(Object.entries(read).map(([name, value]) => [name, value ?? ""]));
}

function listens(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "localhost");
    socket
      .on("error", () => resolve(false))
      .on("connect", () => {
        socket.destroy();
        resolve(true);
      });
  });
}
