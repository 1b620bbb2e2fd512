import { randomBytes } from "node:crypto";
import { decodeJwt } from "jose";
import { tokens } from "../../../scripts/demo/replies.ts";
import { anAddress } from "./an-address.ts";
import { mailed, VERIFY_LINK } from "./mailed.ts";
import { postAs } from "./post-as.ts";

/** Somebody with an account whose address is proved. */
export interface Person {
  /** The account's UUID: the `sub` of every token for it. */
  id: string;
  email: string;
  password: string;
  name: string;
  /** Where they are. */
  address: string;
  /** A full sign-in of theirs, as on their phone. */
  accessToken: string;
}

/** Makes an account over HTTP, proves its address by the link that was mailed to it, and signs in. */
export async function newPerson(): Promise<Person> {
  const registered = await register();
  const token = await mailed(registered.email, VERIFY_LINK);
  await postAs(registered, "/api/verify-email", { token });
  return signedIn(registered);
}

/** The same, and nobody has proved the address. */
export async function unprovedPerson(): Promise<Person> {
  return signedIn(await register());
}

type Registered = Omit<Person, "id" | "accessToken">;

async function register(): Promise<Registered> {
  const id = randomBytes(6).toString("hex");
  const credentials = { email: `p-${id}@example.test`, password: `gentle-otter-${id}` };
  const name = "Robin Example";
  const address = anAddress();
  await postAs({ address }, "/api/register", { ...credentials, name });
  return { ...credentials, name, address };
}

async function signedIn(registered: Registered): Promise<Person> {
  const { address, email, password } = registered;
  const answer = await postAs({ address }, "/api/login", { email, password });
  const { accessToken } = tokens.parse(answer);
  return { id: decodeJwt(accessToken).sub ?? "", ...registered, accessToken };
}

/** With another session in place of the one before. */
export async function signedInAnew(person: Person): Promise<Person> {
  const { address, email, password } = person;
  const { accessToken } = tokens.parse(
    await postAs({ address }, "/api/login", { email, password }),
  );
  return { ...person, accessToken };
}

/** Approves or denies, signed in elsewhere, what asks under this user code. */
export async function decide(person: Person, userCode: string, approve = true): Promise<void> {
  await postAs(person, "/api/v2/auth/device/authorize", { userCode, approve });
}
