/** A second step whose first counts no more. */
export const lapsedSignIn = {
  title: "Please sign in once more",
  why: "It took too long, or there were too many tries. Nothing about your account has changed.",
};
