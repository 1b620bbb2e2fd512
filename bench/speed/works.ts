import type { ContenderName } from "../running/contenders/index.ts";

/** A piece of work, and everybody who is measured at it in turns. */
export interface Work {
  name: string;
  ours: readonly ContenderName[];
  /** What ours are compared with. */
  beside: readonly ContenderName[];
  /** Pairs that are not compared: they do not do the same. */
  apart?: readonly Pair[];
  goals: readonly Goal[];
  /** Longer than the others take, where an answer takes a quarter of a second. */
  secondsTimes?: number;
}

export type Pair = readonly [ours: ContenderName, beside: ContenderName];

/** What a median of ratios has to reach: how much faster ours is than the other. */
export interface Goal {
  ours: ContenderName;
  beside: ContenderName;
  least: number;
}

const goal = (ours: ContenderName, beside: ContenderName, least: number): Goal => ({
  ours,
  beside,
  least,
});

export const works: readonly Work[] = [
  {
    name: "device poll while pending",
    ours: ["Latchkey: device poll"],
    beside: [
      "better-auth: device poll",
      "node-oidc-provider: device poll",
      "floor: one Durable Object call",
    ],
    goals: [
      goal("Latchkey: device poll", "better-auth: device poll", 4),
      goal("Latchkey: device poll", "floor: one Durable Object call", 0.7),
    ],
  },
  {
    name: "device start",
    ours: ["Latchkey: device start"],
    beside: [
      "better-auth: device start",
      "node-oidc-provider: device start",
      "floor: one Durable Object write",
    ],
    goals: [goal("Latchkey: device start", "better-auth: device start", 2.5)],
  },
  {
    name: "refresh",
    ours: ["Latchkey: refresh"],
    beside: [
      "better-auth: session check",
      "workers-oauth-provider: refresh",
      "floor: one D1 write",
    ],
    goals: [
      goal("Latchkey: refresh", "better-auth: session check", 1.3),
      goal("Latchkey: refresh", "floor: one D1 write", 0.6),
    ],
  },
  {
    name: "authenticated read",
    ours: ["Latchkey: account by JWT", "Latchkey: account by opaque token"],
    beside: [
      "better-auth: session check",
      "better-auth: session check, joins",
      "better-auth: session check, cookie cache",
      "workers-oauth-provider: token check",
      "floor: one D1 query",
    ],
    goals: [goal("Latchkey: account by JWT", "better-auth: session check", 2)],
  },
  {
    name: "token verification",
    ours: [
      "Latchkey: verify by RPC",
      "Latchkey: verify by RPC, offline",
      "Latchkey: verify by RPC, offline, signature checked",
      "Latchkey: verify by JWKS",
      "Latchkey: introspection",
    ],
    beside: [
      "workers-oauth-provider: token check",
      "floor: jwtVerify",
      "floor: service binding",
      "floor: empty Hono route",
    ],
    apart: [
      ["Latchkey: verify by RPC, offline", "workers-oauth-provider: token check"],
      [
        "Latchkey: verify by RPC, offline, signature checked",
        "workers-oauth-provider: token check",
      ],
      ["Latchkey: verify by JWKS", "workers-oauth-provider: token check"],
      ["Latchkey: verify by JWKS", "floor: service binding"],
      ["Latchkey: introspection", "floor: jwtVerify"],
      ["Latchkey: introspection", "floor: service binding"],
    ],
    goals: [
      goal("Latchkey: verify by RPC, offline", "floor: jwtVerify", 0.8),
      goal("Latchkey: verify by JWKS", "floor: jwtVerify", 0.8),
    ],
  },
  {
    name: "password sign-in, hash excluded",
    ours: ["Latchkey: sign-in, 1 iteration"],
    beside: ["better-auth: sign-in, 1 iteration", "floor: one D1 write"],
    goals: [goal("Latchkey: sign-in, 1 iteration", "better-auth: sign-in, 1 iteration", 1.7)],
  },
  {
    name: "password sign-in, full hash",
    ours: ["Latchkey: sign-in"],
    beside: ["better-auth: sign-in", "floor: the hash"],
    goals: [goal("Latchkey: sign-in", "floor: the hash", 0.95)],
    secondsTimes: 4,
  },
  {
    name: "sign-out",
    ours: ["Latchkey: sign-out"],
    beside: ["better-auth: sign-out", "floor: one D1 write"],
    goals: [],
  },
  {
    name: "sign-up, hash excluded",
    ours: ["Latchkey: sign-up, 1 iteration"],
    beside: ["better-auth: sign-up, 1 iteration", "floor: one D1 write"],
    goals: [],
  },
];
