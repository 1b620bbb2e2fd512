import { getWithBearer, postJson, textIn } from "../running/contenders/json.ts";
import { type Answer, type Ask, expectAnswer, type Send } from "../running/load/contender.ts";
import { emailOf, PASSWORD } from "../running/people.ts";

/** One thing that people do all day. */
export interface Flow {
  name: string;
  /** Makes ready what the account of that number is to ask, which is not measured. */
  prepare(send: Send, account: number): Promise<Ask>;
  check(answer: Answer): void;
}

const signIn = (account: number) =>
  postJson("/api/login", { email: emailOf(account), password: PASSWORD });

const tokens = async (send: Send, account: number) => (await send(signIn(account))).body;

/** The contract that shows sessions has tokens of its own, and their account's id in them. */
async function listOf(send: Send, account: number): Promise<Ask> {
  const credentials = { email: emailOf(account), password: PASSWORD };
  const { body } = await send(postJson("/auth/signin", credentials));
  const token = textIn(body, "data", "access_token");
  const [, claims = ""] = token.split(".");
  const { sub } = JSON.parse(Buffer.from(claims, "base64url").toString());
  return getWithBearer(`/auth/${sub}/sessions`, token);
}

export const flows: readonly Flow[] = [
  {
    name: "sign-in",
    prepare: async (_send, account) => signIn(account),
    check: (answer) => expectAnswer(answer, 200, '"accessToken"'),
  },
  {
    name: "refresh",
    prepare: async (send, account) =>
      postJson("/api/auth/refresh", {
        refreshToken: textIn(await tokens(send, account), "refreshToken"),
      }),
    check: (answer) => expectAnswer(answer, 200, '"accessToken"'),
  },
  {
    name: "me",
    prepare: async (send, account) =>
      getWithBearer("/api/user/profile", textIn(await tokens(send, account), "accessToken")),
    check: (answer) => expectAnswer(answer, 200, '@example.test"'),
  },
  {
    name: "list of sessions",
    prepare: listOf,
    check: (answer) => expectAnswer(answer, 200, "Firefox"),
  },
];
