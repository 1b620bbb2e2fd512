/** One that nothing else uses: whoever administers may do as they like with it. */
export const FUZZED_WEBHOOK = "0b9f6f4e-7c1d-7c57-9a53-2f0a3f1c8e23";
