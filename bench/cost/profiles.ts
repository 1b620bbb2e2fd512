/** What one person does in a month, by the ids of flows. Assumptions, every one of them: put your own here. */
export interface Profile {
  id: string;
  name: string;
  /** In words, for people to judge. */
  about: string;
  /** Days of the month on which it is used. */
  days: number;
  /** Sessions that go on from month to month, up to 180 days: those that began in it are counted apart. */
  lastingSessions: number;
  monthly: Readonly<Record<string, number>>;
}

/** The runs of the clock are the service's, not a person's: they are added by themselves. */
export const HOURS_A_MONTH = 30 * 24;
export const MINUTES_A_MONTH = HOURS_A_MONTH * 60;

export const profiles: readonly Profile[] = [
  {
    id: "api",
    name: "API login",
    days: 15,
    lastingSessions: 0,
    about:
      "An app with its own sign-in form over an API. One in ten is new this month. Four sign-ins with a password, one in five of them with a second factor; one by mailed code for every other person; one in twenty forgets the password. Used on 15 days, 6 hours each, with access tokens of an hour; the profile is read 10 times a day. The API behind it verifies tokens by the public keys, which costs nothing here.",
    monthly: {
      signUp: 0.1,
      signIn: 3.2,
      signInSecondFactor: 0.8,
      signInMailedCode: 0.5,
      refresh: 90,
      me: 150,
      signOut: 1,
      forgotReset: 0.05,
      jwks: 0.1,
      accountPage: 0.5,
    },
  },
  {
    id: "cli",
    name: "CLI fleet",
    days: 20,
    lastingSessions: 0,
    about:
      "A command line that engineers sign in to by device code once a month: they take 30 s, which are 6 polls. Used on 20 days, 8 hours each, with access tokens of a quarter of an hour, so 32 refreshes a day. In CI an API key is checked 2,000 times, client credentials are asked for 60 times, and the API asks by RPC for 500 tokens whether their session still lives.",
    monthly: {
      signUp: 0.05,
      signIn: 1,
      deviceStart: 1.2,
      pollPending: 7.2,
      deviceApprove: 1,
      deviceRedeem: 1,
      deviceForgotten: 1.2,
      refresh: 640,
      apiKey: 2_000,
      clientCredentials: 60,
      verifyRpc: 500,
      jwks: 0.1,
    },
  },
  {
    id: "tv",
    name: "TV app",
    days: 20,
    lastingSessions: 1,
    about:
      "Televisions that stay signed in, one for each user. One in five signs in by device code this month, half of them at a second try: 100 s until approved, which are 20 polls. Watched for 60 hours on 20 days, with access tokens of a quarter of an hour, so 240 refreshes. On the phone that approves: one sign-in for each device, one in ten new.",
    monthly: {
      signUp: 0.1,
      signIn: 0.2,
      deviceStart: 0.3,
      pollPending: 6,
      deviceApprove: 0.2,
      deviceRedeem: 0.2,
      deviceForgotten: 0.3,
      refresh: 240,
      jwks: 0.1,
    },
  },
];
