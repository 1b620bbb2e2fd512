/** What keeps audit events and seals from being removed, as tests must that begin with empty tables. */
export const MAKE_REMOVABLE = [
  "DROP TRIGGER IF EXISTS audit_events_are_kept",
  "DROP TRIGGER IF EXISTS audit_seals_are_kept",
] as const;
