import { everyRow, type ServedRow } from "../surfaces/every-row.ts";
import { FIELDS } from "../surfaces/fields.ts";
import { randomAddress, type TestService } from "./service.ts";

/** What a row is asked with that reads an address: whatever else it wants is well-formed and wrong. */
export interface AddressEntrance extends ServedRow {
  /** The body's field that holds a password to be compared; null where none is. */
  passwordField: "password" | "oldPassword" | null;
}

/** A password that the policy accepts and nobody has. */
export const NOBODYS = "quiet-heron-marsh-42";
const TEXTS: Readonly<Record<string, string>> = {
  name: "Robin Example",
  firstName: "Robin",
  lastName: "Example",
  first_name: "Robin",
  last_name: "Example",
  newPassword: "windy-lantern-orchard-7",
  code: "000000",
  token: "A".repeat(43),
};
/** Who sends one of these sets a password, and shows none. */
const SETS_PASSWORD = ["name", "firstName", "first_name", "token"];

/** Every row that strangers may ask and whose operation is told an address, found in the tables. */
export function addressEntrances(): AddressEntrance[] {
  return everyRow()
    .filter((row) => !row.isGuarded && namesAddress(row))
    .map((row) => ({ ...row, passwordField: passwordFieldOf(row) }));
}

/** Those of them that compare a password. */
export function passwordEntrances(): AddressEntrance[] {
  return addressEntrances().filter(({ passwordField }) => passwordField !== null);
}

function namesAddress(row: ServedRow): boolean {
  const [, , request] = row.route;
  const email = "robin@example.test";
  const parts = { ...partsFor(row, email, NOBODYS), headers: {}, cookies: {} };
  const { data } = request.safeParse({ ...parts, params: { ...row.params, email } });
  return (data as { email?: unknown } | undefined)?.email === email;
}

function textsOf({ contract, operation }: ServedRow): readonly string[] {
  return FIELDS[contract]?.[operation]?.texts ?? [];
}

function passwordFieldOf(row: ServedRow): AddressEntrance["passwordField"] {
  const texts = textsOf(row);
  if (SETS_PASSWORD.some((name) => texts.includes(name))) {
    return null;
  }
  return (["password", "oldPassword"] as const).find((name) => texts.includes(name)) ?? null;
}

function partsFor(row: ServedRow, email: string, password: string) {
  const own: Readonly<Record<string, string>> = {
    email,
    username: email,
    password,
    oldPassword: password,
  };
  const texts = textsOf(row).map((name) => [name, own[name] ?? TEXTS[name]]);
  return {
    body: Object.fromEntries(texts),
    query: row.method === "GET" ? { email, verificationCode: "A".repeat(43) } : {},
  };
}

/** An answer to the byte: its status, every header but the request's own id, and the body's text. */
interface WireAnswer {
  status: number;
  headers: [string, string][];
  text: string;
}

export interface Attempt {
  email: string;
  password?: string;
  address?: string;
}

/** Asks at an entrance, from an address of its own unless told. */
export async function attempt(
  service: TestService,
  row: AddressEntrance,
  { email, password = NOBODYS, address = randomAddress() }: Attempt,
): Promise<WireAnswer> {
  const { body, query } = partsFor(row, email, password);
  const path = row.endpoint
    .replace(/^\w+ /, "")
    .replace(":tenant", "default")
    .replace(":email", encodeURIComponent(email));
  const url = new URL(`${path}?${new URLSearchParams(query)}`, service.settings.publicUrl);
  const response = await service.fetch(
    new Request(url, {
      method: row.method,
      headers: { "cf-connecting-ip": address, "content-type": "application/json" },
      ...(row.method !== "GET" && { body: JSON.stringify(body) }),
    }),
  );
  return wireAnswer(response);
}

async function wireAnswer(response: Response): Promise<WireAnswer> {
  const headers = [...response.headers].filter(([name]) => name !== "x-request-id");
  return { status: response.status, headers, text: await response.text() };
}
