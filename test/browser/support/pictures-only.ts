/** Whether pictures are all that is wanted: `npm run test:browser -- --screenshots-only`. */
export const picturesOnly = process.env["SCREENSHOTS_ONLY"] !== undefined;
