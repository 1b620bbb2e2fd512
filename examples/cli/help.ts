import { defaults } from "./defaults.ts";

const options = {
  issuer: [
    "--issuer <url>",
    `the server ($LATCHKEY_ISSUER; else that of the last login; before any, ${defaults.issuer})`,
  ],
  clientId: ["--client-id <id>", `the client to sign in as (${defaults.clientId})`],
  scope: ["--scope <scopes>", `what to ask for (${JSON.stringify(defaults.scope)})`],
  resource: [
    "--resource <uri>",
    `the API that the tokens are for, once for each (${defaults.resource ?? "the server itself"})`,
  ],
  open: ["--open", "open the page in your browser"],
  help: ["-h, --help", "say this"],
} as const;

/** The commands in the order in which people meet them. */
export const commandHelp = {
  login: {
    summary: "sign in by a code that you confirm in a browser, on any device",
    options: ["issuer", "clientId", "scope", "resource", "open", "help"],
  },
  whoami: {
    summary: "say who is signed in",
    options: ["issuer", "clientId", "help"],
  },
  token: {
    summary: "print an access token, renewed in its last minute, for scripts",
    options: ["issuer", "clientId", "help"],
  },
  logout: {
    summary: "end the session and delete its tokens",
    options: ["issuer", "clientId", "help"],
  },
} as const;

export type CommandName = keyof typeof commandHelp;

const exitCodes = `Exit codes
  0  done
  1  failed: the server or the network, or a file
  2  the command line is wrong
  3  nobody is signed in: run login
  4  the sign-in was denied, or its code expired`;

/** What the program can do, or what one command takes. */
export function help(command?: CommandName): string {
  if (command) {
    const { summary, options: named } = commandHelp[command];
    const head = `${defaults.program} ${command} [options]\n\n${sentence(summary)}`;
    return `${head}\n\nOptions\n${table(named.map((name) => options[name]))}\n`;
  }
  const commands = Object.entries(commandHelp).map(([name, { summary }]) => [name, summary]);
  return [
    `${defaults.program} <command> [options]`,
    `Commands\n${table(commands)}`,
    `Options\n${table(Object.values(options))}`,
    exitCodes,
    `In a script, for an API at which you signed in with --resource:\n  curl -H "Authorization: Bearer $(${defaults.program} token)" https://api.example.com/`,
    "",
  ]
    .join("\n\n")
    .trimEnd()
    .concat("\n");
}

function table(rows: readonly (readonly string[])[]): string {
  const width = Math.max(...rows.map(([name = ""]) => name.length));
  return rows.map(([name = "", text = ""]) => `  ${name.padEnd(width)}  ${text}`).join("\n");
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
