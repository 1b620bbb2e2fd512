/** A difference of medians up to this is none, whatever is significant. */
export const LEAST_MS = 5;
/** How likely chance may be where a difference counts as significant: some ninety are looked at. */
export const SIGNIFICANT = 0.001;
