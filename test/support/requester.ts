import type { Requester } from "../../src/core/requester.ts";

/** Whoever asks from a known address, and says nothing more. */
export const REQUESTER: Requester = {
  address: "198.18.0.1",
  userAgent: null,
  city: null,
  country: null,
  network: null,
  language: "en",
};
